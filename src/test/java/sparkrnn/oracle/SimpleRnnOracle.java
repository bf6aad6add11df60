package sparkrnn.oracle;

/** The equations in the class comment of {@code sparkrnn.cell.SimpleRnnCell}. */
record SimpleRnnOracle(boolean relu) implements CellOracle {

  @Override
  public Run forward(CellWeights p, double[][] x, double[][] masks, Zoneout zoneout) {
    int T = x.length;
    int H = p.U().length;
    double[][] fresh = new double[T][H];
    double[][] h = new double[T][H];
    double nearest = Double.POSITIVE_INFINITY;
    for (int t = 0; t < T; t++) {
      double[] before = t > 0 ? h[t - 1] : new double[H];
      double[] z = Rows.sum(Rows.product(x[t], p.W()), Rows.product(before, masks, p.U()));
      Rows.add(p.b()[0], z);
      for (int j = 0; j < H; j++) {
        fresh[t][j] = relu ? Math.max(z[j], 0) : Math.tanh(z[j]);
        double m = zoneout.h()[t][j];
        h[t][j] = m * before[j] + (1 - m) * fresh[t][j];
        nearest = relu ? Math.min(nearest, Math.abs(z[j])) : nearest;
      }
    }
    return new SimpleRnnRun(p, x, masks, zoneout, fresh, h, relu, nearest);
  }

  private record SimpleRnnRun(
      CellWeights p,
      double[][] x,
      double[][] masks,
      Zoneout zoneout,
      double[][] fresh,
      double[][] h,
      boolean relu,
      double distanceFromKink)
      implements Run {

    @Override
    public double[][] backward(double[][] dLoss, CellWeights gradient) {
      int T = x.length;
      int H = p.U().length;
      double[][] dx = new double[T][];
      double[] dzNext = new double[H];
      double[] kept = new double[H];
      for (int t = T - 1; t >= 0; t--) {
        double[] dh = Rows.sum(dLoss[t], Rows.productTransposed(dzNext, masks, p.U()));
        Rows.add(kept, dh);
        double[] dz = new double[H];
        for (int j = 0; j < H; j++) {
          double m = zoneout.h()[t][j];
          double slope = relu ? (fresh[t][j] > 0 ? 1 : 0) : 1 - fresh[t][j] * fresh[t][j];
          dz[j] = (1 - m) * dh[j] * slope;
          kept[j] = m * dh[j];
        }
        double[] before = t > 0 ? h[t - 1] : new double[H];
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
