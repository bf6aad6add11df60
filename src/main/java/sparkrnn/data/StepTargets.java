package sparkrnn.data;

import java.util.Locale;

/**
 * Targets of every time step, which travel behind its features.
 *
 * <pre>  one time step: features | targets | weight  </pre>
 */
final class StepTargets {

  private StepTargets() {}

  /** Columns behind the features where a time step has so many targets; 0 for none. */
  static int columns(int targetsPerStep) {
    return targetsPerStep == 0 ? 0 : targetsPerStep + 1;
  }

  /**
   * The sequence with targets and weights in its time steps.
   *
   * @param targets (timeSteps, targetsPerStep); NaN as first target of a time step stands for none,
   *     and its weight is then 0
   * @param weights one for each time step, or one for all
   * @throws InvalidSequenceException if there are targets or weights of another number of time
   *     steps
   */
  static DecodedSequence join(DecodedSequence x, float[] targets, float[] weights, int perStep)
      throws InvalidSequenceException {
    int steps = x.timeSteps();
    if (targets.length != steps * perStep) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "has %d labels and %d time steps; every time step needs one",
              targets.length / perStep,
              steps));
    }
    int width = x.features() + columns(perStep);
    float[] joined = new float[Math.multiplyExact(steps, width)];
    for (int t = 0; t < steps; t++) {
      int at = t * width;
      System.arraycopy(x.values(), t * x.features(), joined, at, x.features());
      boolean none = Float.isNaN(targets[t * perStep]);
      if (!none) {
        System.arraycopy(targets, t * perStep, joined, at + x.features(), perStep);
        joined[at + width - 1] = weights[weights.length == 1 ? 0 : t];
      }
    }
    return new DecodedSequence(joined, steps, width);
  }

  /** The sum of the weights of all time steps. */
  static float weightSum(DecodedSequence joined) {
    double sum = 0;
    int width = joined.features();
    for (int t = 0; t < joined.timeSteps(); t++) {
      sum += joined.values()[(t + 1) * width - 1];
    }
    return (float) sum;
  }

  /**
   * Takes packed rows apart.
   *
   * @param x overwritten: (rows, features)
   * @param targets overwritten: (rows, perStep)
   * @param weights overwritten: (rows)
   */
  static void split(
      float[] joined,
      int rows,
      int features,
      int perStep,
      float[] x,
      float[] targets,
      float[] weights) {
    int width = features + columns(perStep);
    for (int n = 0; n < rows; n++) {
      int at = n * width;
      System.arraycopy(joined, at, x, n * features, features);
      System.arraycopy(joined, at + features, targets, n * perStep, perStep);
      weights[n] = joined[at + width - 1];
    }
  }
}
