package sparkrnn.feature;

import java.io.Serializable;
import java.util.Locale;

/**
 * How sound becomes frames: the params of {@link AudioFeatures}, in samples.
 *
 * @param window samples of a frame
 * @param hop samples from one frame to the next
 * @param coefficients cosine coefficients of a frame; 0: the log-mel energies themselves
 * @param maxFrequency in hertz, never 0
 * @param perFile whether each feature is scaled by its mean and deviation in the recording
 */
record FrameSpec(
    int sampleRate,
    int window,
    int hop,
    int mels,
    int coefficients,
    double minFrequency,
    double maxFrequency,
    double preemphasis,
    int deltas,
    boolean perFile)
    implements Serializable {

  /**
   * From here on JTransforms splits a transform over threads of its own, by the machine's cores.
   */
  private static final int LONGEST_WINDOW = 4096;

  /** By the values of the params; not checked yet. */
  static FrameSpec of(AudioFeaturesParams stage) {
    int rate = stage.getSampleRate();
    return new FrameSpec(
        rate,
        samples(stage.getWindowMillis(), rate),
        samples(stage.getHopMillis(), rate),
        stage.getNumMels(),
        stage.getFeatures().equals("mfcc") ? stage.getNumCoefficients() : 0,
        stage.getMinFrequency(),
        stage.getMaxFrequency() == 0 ? rate / 2.0 : stage.getMaxFrequency(),
        stage.getPreemphasis(),
        stage.getDeltas(),
        stage.getNormalize().equals("perFile"));
  }

  private static int samples(double millis, int rate) {
    return (int) Math.min(Math.round(millis * rate / 1000), Integer.MAX_VALUE);
  }

  /** Points of the Fourier transform: the power of two that holds a frame. */
  int points() {
    return Math.max(2, Integer.highestOneBit(window - 1) << 1);
  }

  /** Features of a frame without deltas. */
  int width() {
    return coefficients == 0 ? mels : coefficients;
  }

  /** Whole frames in so many samples. */
  int frames(int samples) {
    return samples < window ? 0 : 1 + (samples - window) / hop;
  }

  /**
   * Checks that the params go together.
   *
   * @throws IllegalArgumentException naming those that don't
   */
  void check() {
    require(
        window >= 2 && window <= LONGEST_WINDOW,
        "windowMillis at sampleRate %d gives frames of length %d; it must be 2 to %d samples. Set"
            + " windowMillis to another value.",
        sampleRate,
        window,
        LONGEST_WINDOW);
    require(
        hop >= 1,
        "hopMillis at sampleRate %d is less than a sample; it must be at least one. Raise"
            + " hopMillis.",
        sampleRate);
    require(
        maxFrequency <= sampleRate / 2.0,
        "maxFrequency is %s and sampleRate %d; sound has no frequency above half of its sample rate."
            + " Set maxFrequency to at most %s, or to 0.",
        maxFrequency,
        sampleRate,
        sampleRate / 2.0);
    require(
        minFrequency < maxFrequency,
        "minFrequency is %s and the highest band ends at %s hertz; it must begin below. Lower"
            + " minFrequency.",
        minFrequency,
        maxFrequency);
    require(
        coefficients <= mels,
        "numCoefficients is %d and numMels %d; so many bands have no more coefficients. Lower"
            + " numCoefficients, or raise numMels.",
        coefficients,
        mels);
    int empty = new MelBands(this).firstEmpty();
    require(
        empty < 0,
        "band %d of %d (numMels, counted from 0) holds none of the %d frequencies that frames of"
            + " %d samples have, %s hertz apart; every band needs one. Lower numMels, or raise"
            + " windowMillis.",
        empty,
        mels,
        points() / 2 + 1,
        window,
        (double) sampleRate / points());
  }

  private static void require(boolean fulfilled, String message, Object... found) {
    if (!fulfilled) {
      throw new IllegalArgumentException(
          "AudioFeatures: " + String.format(Locale.ROOT, message, found));
    }
  }
}
