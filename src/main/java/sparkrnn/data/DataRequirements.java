package sparkrnn.data;

import java.util.Locale;

/** What the counted data must fulfil before a fit can begin. */
final class DataRequirements {

  private DataRequirements() {}

  /**
   * Checks the census of all rows.
   *
   * @throws IllegalArgumentException with what was counted and what to change
   */
  static void check(
      SequenceColumns columns, ValidationSplit split, PartitionCensus total, int batchSize) {
    String owner = columns.owner();
    if (!total.problem().isEmpty()) {
      throw new IllegalArgumentException(
          total.problem().startsWith("column ")
              ? owner + ": " + total.problem()
              : String.format(
                  Locale.ROOT,
                  "%s: columns %s and \"%s\" hold %s. Mend the rows.",
                  owner,
                  columns.features().shown(),
                  columns.labelCol(),
                  total.problem()));
    }
    long rows = total.training() + total.validation() + total.skipped();
    if (total.training() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: no row is left to train on (0 of %d; %d skipped as not usable, %d held out for validation). Check %s %s and labelCol \"%s\".",
              owner,
              rows,
              total.skipped(),
              total.validation(),
              columns.features().param(),
              columns.features().shown(),
              columns.labelCol()));
    }
    boolean validated = split.fraction() > 0 || !columns.validationIndicatorCol().isEmpty();
    if (validated && total.validation() == 0) {
      throw new IllegalArgumentException(
          columns.validationIndicatorCol().isEmpty()
              ? String.format(
                  Locale.ROOT,
                  "%s: validationFraction %s of %d rows holds out none. Raise it, or give more data.",
                  owner,
                  split.fraction(),
                  rows)
              : String.format(
                  Locale.ROOT,
                  "%s: column \"%s\" (validationIndicatorCol) marks none of %d rows. Mark some, or leave the param unset.",
                  owner,
                  columns.validationIndicatorCol(),
                  rows));
    }
    if (total.training() < batchSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: batchSize is %d and there are %d training sequences; a batch can't be larger than the data. Lower batchSize to at most %d.",
              owner,
              batchSize,
              total.training(),
              total.training()));
    }
  }
}
