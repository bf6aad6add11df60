package sparkrnn.oracle;

import sparkrnn.cell.CellType;

/**
 * The equations of a cell in double precision, one sequence at a time: no packing, no BLAS, a new
 * array for every value.
 */
public interface CellOracle {

  /**
   * Runs one sequence forward.
   *
   * @param x (T, F)
   * @param masks (gates, H), what h(t-1) is multiplied by before the matrix product of a gate
   * @param zoneout how much of the states stays
   */
  Run forward(CellWeights weights, double[][] x, double[][] masks, Zoneout zoneout);

  /**
   * How much of h(t-1) stays in h(t), and of c(t-1) in c(t).
   *
   * @param h (T, H)
   * @param c (T, H)
   */
  record Zoneout(double[][] h, double[][] c) {

    /** The same share of all. */
    public static Zoneout of(double share, int timeSteps, int units) {
      double[][] shares = new double[timeSteps][units];
      for (double[] row : shares) {
        java.util.Arrays.fill(row, share);
      }
      return new Zoneout(shares, shares);
    }
  }

  /** How many rows of biases the cell has. */
  default int biases() {
    return 1;
  }

  /** How many rows of H numbers the cell has behind its biases. */
  default int norms() {
    return 0;
  }

  /** One sequence that was run forward, with all that was computed on the way. */
  interface Run {

    /** (T, H). */
    double[][] h();

    /**
     * Adds to the gradient and returns dx (T, F).
     *
     * @param dh (T, H), gradient of the loss by h from the layers above; not changed
     */
    double[][] backward(double[][] dh, CellWeights gradient);

    /** How far the nearest value is from where the cell has no derivative. */
    default double distanceFromKink() {
      return Double.POSITIVE_INFINITY;
    }

    /**
     * The smallest standard deviation of a recurrent row that is divided by it; infinity where none
     * is.
     */
    default double smallestDeviation() {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** The oracle of a type and activation. */
  static CellOracle of(CellType type, String activation) {
    return switch (type) {
      case SIMPLE_RNN -> new SimpleRnnOracle(activation.equals("relu"));
      case LSTM -> new LstmOracle();
      case LAYER_NORM_LSTM -> new LayerNormLstmOracle();
      case GRU -> new GruOracle();
    };
  }
}
