package sparkrnn.exchange;

import java.io.Serializable;

/**
 * How much one worker answers.
 *
 * @param losses numbers of {@link Contribution#losses}
 * @param sums arrays of {@link Contribution#sums}
 * @param parameters length of each of them
 */
public record ContributionShape(int losses, int sums, int parameters) implements Serializable {}
