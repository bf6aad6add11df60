package sparkrnn.feature;

/** What to do where a row or a value is missing; the constants of the param gapPolicy. */
enum GapPolicy {
  ERROR,
  SPLIT,
  FILL,
  INTERPOLATE
}
