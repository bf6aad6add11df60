package sparkrnn.forecast;

import java.util.List;

/** One series in the order of its times; immutable once read. */
public final class Series {

  private final Object[] key;
  private final List<Object> times;
  private final List<double[]> numbers;
  private final double[] staticNumbers;
  private final String[] staticTexts;
  private final boolean[] validation;
  private final boolean[] afterGap;
  private final int observed;
  private final int targets;
  private final int past;

  /**
   * @param numbers of each row: targets, past covariates, future covariates; NaN where one is
   *     missing
   * @param afterGap whether a row does not follow the one before it by one time step
   * @param observed rows up to the last with a target; the others are the future
   */
  Series(
      Object[] key,
      List<Object> times,
      List<double[]> numbers,
      SeriesStatics statics,
      boolean[] validation,
      boolean[] afterGap,
      int observed,
      SeriesColumns columns) {
    this.key = key;
    this.times = times;
    this.numbers = numbers;
    this.staticNumbers = statics.numbers();
    this.staticTexts = statics.texts();
    this.validation = validation;
    this.afterGap = afterGap;
    this.observed = observed;
    this.targets = columns.targets().size();
    this.past = columns.past().size();
  }

  /** The values of the key columns. */
  public Object[] key() {
    return key;
  }

  /** All rows, the future ones too. */
  public int rows() {
    return times.size();
  }

  /** Rows up to the last with a target. */
  public int observed() {
    return observed;
  }

  /** The time of a row. */
  public Object time(int row) {
    return times.get(row);
  }

  /** A target of a row; NaN if it is missing. */
  public double target(int row, int i) {
    return numbers.get(row)[i];
  }

  /** A target or past covariate of a row, targets first. */
  double history(int row, int i) {
    return numbers.get(row)[i];
  }

  double future(int row, int i) {
    return numbers.get(row)[targets + past + i];
  }

  double staticNumber(int i) {
    return staticNumbers[i];
  }

  String staticText(int i) {
    return staticTexts[i];
  }

  boolean validation(int row) {
    return validation[row];
  }

  /**
   * Whether a forecast can be made from a row on.
   *
   * @param history rows that it reads, the last of them being the origin
   */
  public boolean readable(int origin, int history) {
    if (origin + 1 < history || origin >= observed) {
      return false;
    }
    for (int row = origin - history + 1; row <= origin; row++) {
      if ((afterGap[row] && row > origin - history + 1) || !complete(row, 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the future covariates after a row are all there. */
  public boolean futureKnown(int origin, int horizon) {
    return followed(origin, horizon, targets + past);
  }

  /** Whether the targets after a row are all there. */
  public boolean targetsKnown(int origin, int horizon) {
    if (origin + horizon >= observed) {
      return false;
    }
    for (int row = origin + 1; row <= origin + horizon; row++) {
      for (int i = 0; i < targets; i++) {
        if (Double.isNaN(numbers.get(row)[i])) {
          return false;
        }
      }
    }
    return followed(origin, horizon, targets + past);
  }

  private boolean followed(int origin, int horizon, int from) {
    if (origin + horizon >= rows()) {
      return numbers.get(0).length == from;
    }
    for (int row = origin + 1; row <= origin + horizon; row++) {
      if (afterGap[row] || !complete(row, from)) {
        return false;
      }
    }
    return true;
  }

  private boolean complete(int row, int from) {
    double[] values = numbers.get(row);
    for (int i = from; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the static numbers are all there. */
  public boolean staticsKnown() {
    for (double number : staticNumbers) {
      if (Double.isNaN(number)) {
        return false;
      }
    }
    return true;
  }
}
