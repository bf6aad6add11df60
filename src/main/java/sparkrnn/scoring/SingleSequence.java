package sparkrnn.scoring;

import java.util.Arrays;
import java.util.Locale;

/** One sequence as it is given by hand, (time steps, features), checked before it is computed. */
public final class SingleSequence {

  /** In place of the number of a time step that comes alone. */
  private static final int ALONE = -1;

  private SingleSequence() {}

  /**
   * The numbers of a sequence, time step by time step.
   *
   * @param who is asked, for messages
   * @param features of one time step
   * @param buffer is filled if it is long enough, else a new one is
   * @throws IllegalArgumentException if there is no time step, one has more or fewer features, or a
   *     value is not finite; the message names the time step
   */
  public static float[] flattened(String who, float[][] sequence, int features, float[] buffer) {
    if (sequence.length == 0) {
      throw new IllegalArgumentException(
          who + ": the sequence has 0 time steps; it needs at least 1.");
    }
    int size = Math.multiplyExact(sequence.length, features);
    float[] x = buffer.length >= size ? buffer : new float[size];
    for (int t = 0; t < sequence.length; t++) {
      check(who, sequence[t], t, features);
      System.arraycopy(sequence[t], 0, x, t * features, features);
    }
    return x;
  }

  /** One time step of a sequence that goes on. */
  static void check(String who, float[] timeStep, int features) {
    check(who, timeStep, ALONE, features);
  }

  private static void check(String who, float[] timeStep, int t, int features) {
    if (timeStep.length != features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has %d features; the model needs %d.",
              who,
              words(t),
              timeStep.length,
              features));
    }
    for (float value : timeStep) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: %s is %s; values must be finite.",
                who,
                words(t),
                Arrays.toString(timeStep)));
      }
    }
  }

  private static String words(int t) {
    return t == ALONE ? "the time step" : "time step " + t + " of the sequence";
  }
}
