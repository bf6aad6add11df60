package sparkrnn.oracle;

/** The equations in the class comment of {@code sparkrnn.cell.LayerNormLstmCell}. */
record LayerNormLstmOracle() implements CellOracle {

  /** One row that was normalized: n, its gain and the inverse deviation. */
  private record Norm(double[] n, double[] gain, double inverse) {

    static Norm of(double[] z, double[] gain) {
      double mean = 0;
      for (double value : z) {
        mean += value / z.length;
      }
      double variance = 0;
      for (double value : z) {
        variance += (value - mean) * (value - mean) / z.length;
      }
      double inverse = 1 / Math.sqrt(variance + 1e-3);
      double[] n = new double[z.length];
      for (int j = 0; j < z.length; j++) {
        n[j] = (z[j] - mean) * inverse;
      }
      return new Norm(n, gain, inverse);
    }

    double[] y(double[] shift) {
      double[] y = new double[n.length];
      for (int j = 0; j < n.length; j++) {
        y[j] = gain[j] * n[j] + shift[j];
      }
      return y;
    }

    /** By the matrix of derivatives dn(k) / dz(j) = inverse ((k = j) - 1/H - n(k) n(j) / H). */
    double[] backward(double[] dy, double[] dGain, double[] dShift) {
      double[] dz = new double[n.length];
      for (int k = 0; k < n.length; k++) {
        dGain[k] += dy[k] * n[k];
        dShift[k] += dy[k];
        for (int j = 0; j < n.length; j++) {
          double same = k == j ? 1 : 0;
          dz[j] += dy[k] * gain[k] * inverse * (same - (1 + n[k] * n[j]) / n.length);
        }
      }
      return dz;
    }
  }

  @Override
  public int norms() {
    return 18;
  }

  /** Rows of H columns from one of the norms' rows on, side by side. */
  private static double[] joined(double[][] norms, int from, int rows) {
    double[] joined = new double[0];
    for (int r = from; r < from + rows; r++) {
      joined = Rows.joined(joined, norms[r]);
    }
    return joined;
  }

  private static void addParts(double[] v, double[][] norms, int from) {
    int H = norms[0].length;
    for (int j = 0; j < v.length; j++) {
      norms[from + j / H][j % H] += v[j];
    }
  }

  @Override
  public Run forward(CellWeights p, double[][] x, double[][] masks, Zoneout zoneout) {
    int T = x.length;
    int H = p.U().length;
    LayerNormRun run =
        new LayerNormRun(
            p,
            x,
            masks,
            zoneout,
            new double[T][],
            new Norm[T],
            new Norm[T],
            new Norm[T],
            new double[T][4 * H],
            new double[T][H],
            new double[T][H]);
    for (int t = 0; t < T; t++) {
      double[] before = t > 0 ? run.h[t - 1] : new double[H];
      double[] cBefore = t > 0 ? run.c[t - 1] : new double[H];
      run.normW[t] = Norm.of(Rows.product(x[t], p.W()), joined(p.norms(), 0, 4));
      run.normU[t] = Norm.of(Rows.product(before, masks, p.U()), joined(p.norms(), 8, 4));
      double[] z =
          Rows.sum(
              run.normW[t].y(joined(p.norms(), 4, 4)), run.normU[t].y(joined(p.norms(), 12, 4)));
      Rows.add(p.b()[0], z);
      double[] e = new double[H];
      for (int j = 0; j < H; j++) {
        run.gates[t][j] = Rows.sigmoid(z[j]);
        run.gates[t][H + j] = Rows.sigmoid(z[H + j]);
        run.gates[t][2 * H + j] = Math.tanh(z[2 * H + j]);
        run.gates[t][3 * H + j] = Rows.sigmoid(z[3 * H + j]);
        e[j] = run.gates[t][H + j] * cBefore[j] + run.gates[t][j] * run.gates[t][2 * H + j];
      }
      run.normC[t] = Norm.of(e, p.norms()[16]);
      run.fresh[t] = run.normC[t].y(p.norms()[17]);
      for (int j = 0; j < H; j++) {
        double freshH = run.gates[t][3 * H + j] * Math.tanh(run.fresh[t][j]);
        double mC = zoneout.c()[t][j];
        double mH = zoneout.h()[t][j];
        run.c[t][j] = mC * cBefore[j] + (1 - mC) * run.fresh[t][j];
        run.h[t][j] = mH * before[j] + (1 - mH) * freshH;
      }
    }
    return run;
  }

  private record LayerNormRun(
      CellWeights p,
      double[][] x,
      double[][] masks,
      Zoneout zoneout,
      double[][] fresh,
      Norm[] normW,
      Norm[] normU,
      Norm[] normC,
      double[][] gates,
      double[][] c,
      double[][] h)
      implements Run {

    @Override
    public double smallestDeviation() {
      double smallest = Double.POSITIVE_INFINITY;
      for (int t = 0; t < x.length; t++) {
        // The first step's normU is of zeros, which no rounding touches.
        double inverse = t == 0 ? normC[t].inverse : Math.max(normC[t].inverse, normU[t].inverse);
        smallest = Math.min(smallest, 1 / inverse);
      }
      return smallest;
    }

    @Override
    public double[][] backward(double[][] dLoss, CellWeights gradient) {
      int T = x.length;
      int H = p.U().length;
      double[][] dx = new double[T][];
      double[] dzUNext = new double[4 * H];
      double[] carried = new double[H];
      double[] keptH = new double[H];
      for (int t = T - 1; t >= 0; t--) {
        double[] before = t > 0 ? h[t - 1] : new double[H];
        double[] cBefore = t > 0 ? c[t - 1] : new double[H];
        double[] dh = Rows.sum(dLoss[t], Rows.productTransposed(dzUNext, masks, p.U()));
        Rows.add(keptH, dh);
        double[] dc = new double[H];
        double[] dz = new double[4 * H];
        for (int j = 0; j < H; j++) {
          keptH[j] = zoneout.h()[t][j] * dh[j];
          dh[j] *= 1 - zoneout.h()[t][j];
          double o = gates[t][3 * H + j];
          double tanhC = Math.tanh(fresh[t][j]);
          dc[j] = dh[j] * o * (1 - tanhC * tanhC) + (1 - zoneout.c()[t][j]) * carried[j];
          dz[3 * H + j] = dh[j] * tanhC * o * (1 - o);
        }
        double[] de = normC[t].backward(dc, gradient.norms()[16], gradient.norms()[17]);
        for (int j = 0; j < H; j++) {
          double i = gates[t][j];
          double f = gates[t][H + j];
          double g = gates[t][2 * H + j];
          dz[j] = de[j] * g * i * (1 - i);
          dz[H + j] = de[j] * cBefore[j] * f * (1 - f);
          dz[2 * H + j] = de[j] * i * (1 - g * g);
          carried[j] = de[j] * f + zoneout.c()[t][j] * carried[j];
        }
        double[] dGain = new double[4 * H];
        double[] dShift = new double[4 * H];
        double[] dzW = normW[t].backward(dz, dGain, dShift);
        addParts(dGain, gradient.norms(), 0);
        addParts(dShift, gradient.norms(), 4);
        dGain = new double[4 * H];
        dzUNext = normU[t].backward(dz, dGain, new double[4 * H]);
        addParts(dGain, gradient.norms(), 8);
        addParts(dShift, gradient.norms(), 12);
        dx[t] = Rows.productTransposed(dzW, p.W());
        Rows.addOuterProduct(x[t], dzW, gradient.W());
        Rows.addOuterProduct(before, masks, dzUNext, gradient.U());
        Rows.add(dz, gradient.b()[0]);
      }
      return dx;
    }
  }
}
