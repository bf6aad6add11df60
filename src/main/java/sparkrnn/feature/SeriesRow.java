package sparkrnn.feature;

/**
 * One row of a series on its way into windows.
 *
 * @param time of the class that Spark uses for the column's type
 * @param values one for each value column; NaN where one is missing
 * @param observed false for a row that was put in where one is missing
 * @param afterGap whether no window may hold this row together with the one before it
 */
record SeriesRow(Object time, double[] values, boolean observed, boolean afterGap) {

  /** The index of the first value that is missing, or -1. */
  int missingValue() {
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /** This row, which no window may hold together with the one before it. */
  SeriesRow markedAfterGap() {
    return new SeriesRow(time, values, observed, true);
  }

  boolean complete() {
    return missingValue() < 0;
  }
}
