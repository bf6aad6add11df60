package sparkrnn.exchange;

import java.io.Serializable;

/**
 * How much one worker answers.
 *
 * @param losses numbers of {@link Contribution#losses}
 * @param sums arrays of {@link Contribution#sums}
 * @param parameters length of each of them
 * @param states numbers of {@link Contribution#states}
 * @param measures numbers of {@link Contribution#measures}
 */
public record ContributionShape(int losses, int sums, int parameters, int states, int measures)
    implements Serializable {

  /** A worker that hands on no state. */
  public ContributionShape(int losses, int sums, int parameters) {
    this(losses, sums, parameters, 0, 0);
  }
}
