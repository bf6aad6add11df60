package sparkrnn.oracle;

/** The equations in the class comment of {@code sparkrnn.cell.LstmCell}. */
record LstmOracle() implements CellOracle {

  @Override
  public Run forward(CellWeights p, double[][] x, double[][] masks, Zoneout zoneout) {
    int T = x.length;
    int H = p.U().length;
    LstmRun run =
        new LstmRun(
            p,
            x,
            masks,
            zoneout,
            new double[T][H],
            new double[T][H],
            new double[T][H],
            new double[T][H],
            new double[T][H],
            new double[T][H],
            new double[T][H]);
    for (int t = 0; t < T; t++) {
      double[] before = t > 0 ? run.h[t - 1] : new double[H];
      double[] cBefore = t > 0 ? run.c[t - 1] : new double[H];
      double[] z = Rows.sum(Rows.product(x[t], p.W()), Rows.product(before, masks, p.U()));
      Rows.add(p.b()[0], z);
      for (int j = 0; j < H; j++) {
        run.i[t][j] = Rows.sigmoid(z[j]);
        run.f[t][j] = Rows.sigmoid(z[H + j]);
        run.g[t][j] = Math.tanh(z[2 * H + j]);
        run.o[t][j] = Rows.sigmoid(z[3 * H + j]);
        run.fresh[t][j] = run.f[t][j] * cBefore[j] + run.i[t][j] * run.g[t][j];
        double freshH = run.o[t][j] * Math.tanh(run.fresh[t][j]);
        double mC = zoneout.c()[t][j];
        double mH = zoneout.h()[t][j];
        run.c[t][j] = mC * cBefore[j] + (1 - mC) * run.fresh[t][j];
        run.h[t][j] = mH * before[j] + (1 - mH) * freshH;
      }
    }
    return run;
  }

  private record LstmRun(
      CellWeights p,
      double[][] x,
      double[][] masks,
      Zoneout zoneout,
      double[][] fresh,
      double[][] i,
      double[][] f,
      double[][] g,
      double[][] o,
      double[][] c,
      double[][] h)
      implements Run {

    @Override
    public double[][] backward(double[][] dLoss, CellWeights gradient) {
      int T = x.length;
      int H = p.U().length;
      double[][] dx = new double[T][];
      double[] dzNext = new double[4 * H];
      double[] dcNext = new double[H];
      double[] keptH = new double[H];
      for (int t = T - 1; t >= 0; t--) {
        double[] before = t > 0 ? h[t - 1] : new double[H];
        double[] cBefore = t > 0 ? c[t - 1] : new double[H];
        double[] dh = Rows.sum(dLoss[t], Rows.productTransposed(dzNext, masks, p.U()));
        Rows.add(keptH, dh);
        double[] dz = new double[4 * H];
        for (int j = 0; j < H; j++) {
          double mC = zoneout.c()[t][j];
          keptH[j] = zoneout.h()[t][j] * dh[j];
          dh[j] *= 1 - zoneout.h()[t][j];
          double i = this.i[t][j];
          double f = this.f[t][j];
          double g = this.g[t][j];
          double o = this.o[t][j];
          double tanhC = Math.tanh(fresh[t][j]);
          double dc = dh[j] * o * (1 - tanhC * tanhC) + (1 - mC) * dcNext[j];
          dz[j] = dc * g * i * (1 - i);
          dz[H + j] = dc * cBefore[j] * f * (1 - f);
          dz[2 * H + j] = dc * i * (1 - g * g);
          dz[3 * H + j] = dh[j] * tanhC * o * (1 - o);
          dcNext[j] = dc * f + mC * dcNext[j];
        }
        dx[t] = Rows.productTransposed(dz, p.W());
        Rows.addOuterProduct(x[t], dz, gradient.W());
        Rows.addOuterProduct(before, masks, dz, gradient.U());
        Rows.add(dz, gradient.b()[0]);
        dzNext = dz;
      }
      return dx;
    }
  }
}
