package sparkrnn.oracle;

/** The equations in the class comments of the poolings in {@code sparkrnn.layer}. */
public interface PoolingOracle {

  /** One row (H) of y (T, H). */
  double[] forward(double[][] y);

  /** The gradient (T, H) by y. */
  double[][] backward(double[][] y, double[] dPooled);

  /**
   * The oracle of this name.
   *
   * @param forwardColumns the first columns, from the cell that reads forward
   */
  static PoolingOracle of(String name, int forwardColumns) {
    return switch (name) {
      case "last" -> new Last(forwardColumns);
      case "mean" -> new Mean();
      case "max" -> new Max();
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
}
