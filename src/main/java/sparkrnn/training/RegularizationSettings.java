package sparkrnn.training;

import java.io.Serializable;

/**
 * What keeps the parameters of recurrent layers small; 0 is always none. Names and ranges are those
 * of the params.
 *
 * @param kernel the weights from the inputs
 * @param recurrent the weights from the hidden state
 * @param bias the biases
 */
public record RegularizationSettings(Limits kernel, Limits recurrent, Limits bias)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Nothing. */
  public static final RegularizationSettings NONE =
      new RegularizationSettings(Limits.NONE, Limits.NONE, Limits.NONE);

  /**
   * Of one kind of tensor.
   *
   * @param l1 factor of the sum of absolute values in the loss, at least 0
   * @param l2 factor of the sum of squares in the loss, at least 0
   * @param maxNorm largest norm of a column, at least 0; 0 for any
   */
  public record Limits(double l1, double l2, double maxNorm) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing. */
    public static final Limits NONE = new Limits(0, 0, 0);
  }
}
