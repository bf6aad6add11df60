package sparkrnn.oracle;

/** The equations in the class comment of {@code sparkrnn.cell.LstmCell}. */
record LstmOracle() implements CellOracle {

  @Override
  public Run forward(CellWeights p, double[][] x, double[][] masks) {
    int T = x.length;
    int H = p.U().length;
    LstmRun run =
        new LstmRun(
            p,
            x,
            masks,
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
        run.c[t][j] = run.f[t][j] * cBefore[j] + run.i[t][j] * run.g[t][j];
        run.h[t][j] = run.o[t][j] * Math.tanh(run.c[t][j]);
      }
    }
    return run;
  }

  private record LstmRun(
      CellWeights p,
      double[][] x,
      double[][] masks,
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
      double[] dcNextF = new double[H];
      for (int t = T - 1; t >= 0; t--) {
        double[] before = t > 0 ? h[t - 1] : new double[H];
        double[] cBefore = t > 0 ? c[t - 1] : new double[H];
        double[] dh = Rows.sum(dLoss[t], Rows.productTransposed(dzNext, masks, p.U()));
        double[] dz = new double[4 * H];
        for (int j = 0; j < H; j++) {
          double i = this.i[t][j];
          double f = this.f[t][j];
          double g = this.g[t][j];
          double o = this.o[t][j];
          double tanhC = Math.tanh(c[t][j]);
          double dc = dh[j] * o * (1 - tanhC * tanhC) + dcNextF[j];
          dz[j] = dc * g * i * (1 - i);
          dz[H + j] = dc * cBefore[j] * f * (1 - f);
          dz[2 * H + j] = dc * i * (1 - g * g);
          dz[3 * H + j] = dh[j] * tanhC * o * (1 - o);
          dcNextF[j] = dc * f;
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
