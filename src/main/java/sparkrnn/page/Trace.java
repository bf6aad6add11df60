package sparkrnn.page;

/**
 * One set of values in a chart.
 *
 * @param name in the legend
 * @param kind how it is drawn
 * @param x in the order in which they are joined
 * @param y as many as x; what is not finite is left out
 * @param y2 of a band its other edge; else empty
 */
record Trace(String name, Kind kind, double[] x, double[] y, double[] y2) {

  /** How values are drawn. */
  enum Kind {
    LINE,
    DASHED,
    POINTS,
    BAND
  }

  Trace {
    if (x.length != y.length || (kind == Kind.BAND && x.length != y2.length)) {
      throw new IllegalArgumentException(
          "chart: \""
              + name
              + "\" has "
              + x.length
              + " places and "
              + y.length
              + " values; it must have as many.");
    }
  }
}
