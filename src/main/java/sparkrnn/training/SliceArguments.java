package sparkrnn.training;

import sparkrnn.optim.GradientClipping;

/** What the arguments and measures of sharded rounds mean. */
final class SliceArguments {

  /** The learning rate. */
  static final int RATE = 0;

  /** Training steps done before; of LOAD those of the optimizer. Exact below 2^53. */
  static final int STEP = 1;

  /** The first of the norms by which a gradient is clipped. */
  static final int NORMS = 2;

  /** Measures besides sums of squares: the first place that is not finite, and the penalty. */
  static final int OTHER_MEASURES = 2;

  private SliceArguments() {}

  /** The first place of the flat array that holds NaN or an infinity; -1 for none. */
  static double firstNotFinite(float[] slice, int from) {
    int place = GradientClipping.firstNotFinite(slice);
    return place < 0 ? place : from + place;
  }
}
