package sparkrnn.oracle;

import java.util.Arrays;

/** The equations in the class comment of {@code sparkrnn.cell.GruCell}. */
record GruOracle() implements CellOracle {

  @Override
  public int biases() {
    return 2;
  }

  @Override
  public Run forward(CellWeights w, double[][] x, double[][] masks, Zoneout zoneout) {
    int T = x.length;
    int H = w.U().length;
    GruRun run =
        new GruRun(
            w,
            x,
            masks,
            zoneout,
            new double[T][H],
            new double[T][H],
            new double[T][H],
            new double[T][],
            new double[T][H]);
    for (int t = 0; t < T; t++) {
      double[] before = t > 0 ? run.h[t - 1] : new double[H];
      double[] p = Rows.sum(Rows.product(x[t], w.W()), w.b()[0]);
      double[] q = Rows.sum(Rows.product(before, masks, w.U()), w.b()[1]);
      run.qg[t] = Arrays.copyOfRange(q, 2 * H, 3 * H);
      for (int j = 0; j < H; j++) {
        run.z[t][j] = Rows.sigmoid(p[j] + q[j]);
        run.r[t][j] = Rows.sigmoid(p[H + j] + q[H + j]);
        run.g[t][j] = Math.tanh(p[2 * H + j] + run.r[t][j] * q[2 * H + j]);
        double fresh = run.z[t][j] * before[j] + (1 - run.z[t][j]) * run.g[t][j];
        run.h[t][j] = zoneout.h()[t][j] * before[j] + (1 - zoneout.h()[t][j]) * fresh;
      }
    }
    return run;
  }

  private record GruRun(
      CellWeights w,
      double[][] x,
      double[][] masks,
      Zoneout zoneout,
      double[][] z,
      double[][] r,
      double[][] g,
      double[][] qg,
      double[][] h)
      implements Run {

    @Override
    public double[][] backward(double[][] dLoss, CellWeights gradient) {
      int T = x.length;
      int H = w.U().length;
      double[][] dx = new double[T][];
      double[] dqNext = new double[3 * H];
      double[] dhNextZ = new double[H];
      for (int t = T - 1; t >= 0; t--) {
        double[] before = t > 0 ? h[t - 1] : new double[H];
        double[] dh = Rows.sum(dLoss[t], Rows.productTransposed(dqNext, masks, w.U()));
        Rows.add(dhNextZ, dh);
        double[] dp = new double[3 * H];
        double[] dq = new double[3 * H];
        for (int j = 0; j < H; j++) {
          double m = zoneout.h()[t][j];
          double kept = m * dh[j];
          dh[j] *= 1 - m;
          double z = this.z[t][j];
          double r = this.r[t][j];
          double g = this.g[t][j];
          dp[j] = dh[j] * (before[j] - g) * z * (1 - z);
          dp[2 * H + j] = dh[j] * (1 - z) * (1 - g * g);
          dp[H + j] = dp[2 * H + j] * qg[t][j] * r * (1 - r);
          dq[j] = dp[j];
          dq[H + j] = dp[H + j];
          dq[2 * H + j] = dp[2 * H + j] * r;
          dhNextZ[j] = dh[j] * z + kept;
        }
        dx[t] = Rows.productTransposed(dp, w.W());
        Rows.addOuterProduct(x[t], dp, gradient.W());
        Rows.addOuterProduct(before, masks, dq, gradient.U());
        Rows.add(dp, gradient.b()[0]);
        Rows.add(dq, gradient.b()[1]);
        dqNext = dq;
      }
      return dx;
    }
  }
}
