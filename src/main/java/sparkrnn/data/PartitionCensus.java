package sparkrnn.data;

import java.io.Serializable;
import java.util.Locale;

/**
 * What one input partition or one range of keys holds.
 *
 * @param training rows to train on
 * @param validation rows held out
 * @param skipped rows left out by handleInvalid "skip"
 * @param features of a time step; 0 where there is no row
 * @param outputs numbers of a label; 0 where there is no row
 * @param problem a sentence about a row that can't be used, or two that don't fit each other; empty
 *     for none
 */
record PartitionCensus(
    long training, long validation, long skipped, int features, int outputs, String problem)
    implements Serializable {

  static final PartitionCensus EMPTY = new PartitionCensus(0, 0, 0, 0, 0, "");

  /** Counts together, with a problem where features or outputs differ. */
  PartitionCensus plus(PartitionCensus other) {
    String found = firstOf(problem, other.problem);
    if (found.isEmpty() && differs(features, other.features)) {
      found =
          String.format(
              Locale.ROOT,
              "rows with %d and rows with %d features in a time step; all rows need the same number",
              Math.min(features, other.features),
              Math.max(features, other.features));
    }
    if (found.isEmpty() && differs(outputs, other.outputs)) {
      found =
          String.format(
              Locale.ROOT,
              "labels of %d and labels of %d numbers; all rows need the same number",
              Math.min(outputs, other.outputs),
              Math.max(outputs, other.outputs));
    }
    return new PartitionCensus(
        training + other.training,
        validation + other.validation,
        skipped + other.skipped,
        Math.max(features, other.features),
        Math.max(outputs, other.outputs),
        found);
  }

  /** The same sentence whatever the order in which partitions are counted. */
  private static String firstOf(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one + other;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static boolean differs(int one, int other) {
    return one != 0 && other != 0 && one != other;
  }
}
