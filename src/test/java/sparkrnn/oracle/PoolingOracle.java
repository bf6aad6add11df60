package sparkrnn.oracle;

import java.util.Arrays;

/** The equations in the class comments of the poolings in {@code sparkrnn.layer}. */
public interface PoolingOracle {

  /** One row (H) of y (T, H). */
  double[] forward(double[][] y);

  /** The gradient (T, H) by y. */
  double[][] backward(double[][] y, double[] dPooled);

  /** Adds the gradient by the parameters, if there are any. */
  default void addGradient(double[][] y, double[] dPooled, double[] gradient) {}

  /**
   * The oracle of this name.
   *
   * @param forwardColumns the first columns, from the cell that reads forward
   * @param columns H
   * @param at where its parameters begin in the flat array, if it has any
   */
  static PoolingOracle of(
      String name, int forwardColumns, int columns, double[] parameters, int at) {
    return switch (name) {
      case "last" -> new Last(forwardColumns);
      case "mean" -> new Mean();
      case "max" -> new Max();
      case "attention" -> Attention.read(parameters, at, columns);
      default -> throw new AssertionError(name);
    };
  }

  /** Each direction's own last output. */
  record Last(int forwardColumns) implements PoolingOracle {

    private int timeStep(int column, int length) {
      return column < forwardColumns ? length - 1 : 0;
    }

    @Override
    public double[] forward(double[][] y) {
      double[] pooled = new double[y[0].length];
      for (int j = 0; j < pooled.length; j++) {
        pooled[j] = y[timeStep(j, y.length)][j];
      }
      return pooled;
    }

    @Override
    public double[][] backward(double[][] y, double[] dPooled) {
      double[][] dy = new double[y.length][dPooled.length];
      for (int j = 0; j < dPooled.length; j++) {
        dy[timeStep(j, y.length)][j] = dPooled[j];
      }
      return dy;
    }
  }

  /** The mean. */
  record Mean() implements PoolingOracle {

    @Override
    public double[] forward(double[][] y) {
      double[] pooled = new double[y[0].length];
      for (double[] row : y) {
        for (int j = 0; j < row.length; j++) {
          pooled[j] += row[j] / y.length;
        }
      }
      return pooled;
    }

    @Override
    public double[][] backward(double[][] y, double[] dPooled) {
      double[][] dy = new double[y.length][dPooled.length];
      for (double[] row : dy) {
        for (int j = 0; j < row.length; j++) {
          row[j] = dPooled[j] / y.length;
        }
      }
      return dy;
    }
  }

  /** The largest; of equal ones the first. */
  record Max() implements PoolingOracle {

    private static int timeStep(double[][] y, int column) {
      int largest = 0;
      for (int t = 1; t < y.length; t++) {
        largest = y[t][column] > y[largest][column] ? t : largest;
      }
      return largest;
    }

    @Override
    public double[] forward(double[][] y) {
      double[] pooled = new double[y[0].length];
      for (int j = 0; j < pooled.length; j++) {
        pooled[j] = y[timeStep(y, j)][j];
      }
      return pooled;
    }

    @Override
    public double[][] backward(double[][] y, double[] dPooled) {
      double[][] dy = new double[y.length][dPooled.length];
      for (int j = 0; j < dPooled.length; j++) {
        dy[timeStep(y, j)][j] = dPooled[j];
      }
      return dy;
    }
  }

  /**
   * A mean with learnt weights.
   *
   * @param W (H, H)
   * @param b (1, H)
   * @param v (H, 1)
   */
  record Attention(int at, double[][] W, double[][] b, double[][] v) implements PoolingOracle {

    static Attention read(double[] flat, int at, int H) {
      return new Attention(
          at,
          CellWeights.matrix(flat, at, H, H),
          CellWeights.matrix(flat, at + H * H, 1, H),
          CellWeights.matrix(flat, at + H * H + H, H, 1));
    }

    private double[] u(double[] row) {
      return Arrays.stream(Rows.sum(Rows.product(row, W), b[0])).map(Math::tanh).toArray();
    }

    private double[] weights(double[][] y) {
      double[] e =
          Arrays.stream(y).mapToDouble(row -> Math.exp(Rows.product(u(row), v)[0])).toArray();
      double sum = Arrays.stream(e).sum();
      return Arrays.stream(e).map(each -> each / sum).toArray();
    }

    @Override
    public double[] forward(double[][] y) {
      return Rows.product(weights(y), y);
    }

    /** ds(t) = a(t) (dPooled y(t)' - dPooled pooled'). */
    private double[] ds(double[][] y, double[] dPooled) {
      double[] a = weights(y);
      double[] da = Rows.productTransposed(dPooled, y);
      double mean = 0;
      for (int t = 0; t < y.length; t++) {
        mean += a[t] * da[t];
      }
      double[] ds = new double[y.length];
      for (int t = 0; t < y.length; t++) {
        ds[t] = a[t] * (da[t] - mean);
      }
      return ds;
    }

    private double[] dz(double[] row, double ds) {
      double[] u = u(row);
      double[] dz = new double[u.length];
      for (int j = 0; j < u.length; j++) {
        dz[j] = ds * v[j][0] * (1 - u[j] * u[j]);
      }
      return dz;
    }

    @Override
    public double[][] backward(double[][] y, double[] dPooled) {
      double[] a = weights(y);
      double[] ds = ds(y, dPooled);
      double[][] dy = new double[y.length][];
      for (int t = 0; t < y.length; t++) {
        dy[t] = Rows.productTransposed(dz(y[t], ds[t]), W);
        for (int j = 0; j < dPooled.length; j++) {
          dy[t][j] += a[t] * dPooled[j];
        }
      }
      return dy;
    }

    @Override
    public void addGradient(double[][] y, double[] dPooled, double[] gradient) {
      double[] ds = ds(y, dPooled);
      double[][] dW = new double[W.length][W.length];
      double[][] db = new double[1][W.length];
      double[][] dv = new double[W.length][1];
      for (int t = 0; t < y.length; t++) {
        double[] dz = dz(y[t], ds[t]);
        Rows.addOuterProduct(y[t], dz, dW);
        Rows.add(dz, db[0]);
        Rows.addOuterProduct(u(y[t]), new double[] {ds[t]}, dv);
      }
      CellWeights.add(dW, gradient, at);
      CellWeights.add(db, gradient, at + W.length * W.length);
      CellWeights.add(dv, gradient, at + W.length * W.length + W.length);
    }
  }
}
