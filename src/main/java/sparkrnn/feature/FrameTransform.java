package sparkrnn.feature;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Turns the samples of a recording into frames, by the equations of {@link AudioFeatures}.
 *
 * <p>Holds tables only, so that several threads may share one. Source of the cosine transform: Rao
 * and Yip, Discrete Cosine Transform, 1990, type II; of the deltas: The HTK Book 3.4, section 5.9,
 * with a window of 2.
 */
final class FrameTransform {

  private static final double LEAST_ENERGY = 1e-10;

  private final FrameSpec spec;
  private final DoubleFFT_1D fourier;
  private final MelBands bands;
  private final double[] taper;
  private final double[][] cosines; // (coefficients, mels)

  FrameTransform(FrameSpec spec) {
    this.spec = spec;
    fourier = new DoubleFFT_1D(spec.points());
    bands = new MelBands(spec);
    taper = new double[spec.window()];
    for (int n = 0; n < taper.length; n++) {
      taper[n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / taper.length);
    }
    cosines = new double[spec.coefficients()][spec.mels()];
    for (int c = 0; c < cosines.length; c++) {
      double scale = Math.sqrt((c == 0 ? 1.0 : 2.0) / spec.mels());
      for (int b = 0; b < spec.mels(); b++) {
        cosines[c][b] = scale * StrictMath.cos(Math.PI * c * (b + 0.5) / spec.mels());
      }
    }
  }

  /**
   * The frames by features.
   *
   * @param samples at least those of one frame
   */
  float[][] of(double[] samples) {
    double[] emphasized = emphasized(samples);
    int width = spec.width();
    double[][] frames = new double[spec.frames(samples.length)][width * (1 + spec.deltas())];
    double[] points = new double[spec.points()];
    double[] power = new double[spec.points() / 2 + 1];
    double[] logMel = new double[spec.mels()];
    for (int t = 0; t < frames.length; t++) {
      power(emphasized, t * spec.hop(), points, power);
      logMel(power, logMel);
      features(logMel, frames[t]);
    }
    for (int order = 0; order < spec.deltas(); order++) {
      addDeltas(frames, order * width, width);
    }
    if (spec.perFile()) {
      normalize(frames);
    }
    return floats(frames);
  }

  private double[] emphasized(double[] x) {
    double[] y = x.clone();
    for (int t = 1; t < x.length; t++) {
      y[t] = x[t] - spec.preemphasis() * x[t - 1];
    }
    return y;
  }

  /** Overwrites points and power. */
  private void power(double[] samples, int start, double[] points, double[] power) {
    for (int n = 0; n < points.length; n++) {
      points[n] = n < taper.length ? samples[start + n] * taper[n] : 0;
    }
    // In place: Re(0), Re(N/2), Re(1), Im(1), Re(2), Im(2), ...
    fourier.realForward(points);
    int last = points.length / 2;
    power[0] = points[0] * points[0];
    power[last] = points[1] * points[1];
    for (int k = 1; k < last; k++) {
      power[k] = points[2 * k] * points[2 * k] + points[2 * k + 1] * points[2 * k + 1];
    }
  }

  private void logMel(double[] power, double[] logMel) {
    bands.energies(power, logMel);
    for (int b = 0; b < logMel.length; b++) {
      logMel[b] = StrictMath.log(Math.max(logMel[b], LEAST_ENERGY));
    }
  }

  private void features(double[] logMel, double[] frame) {
    if (cosines.length == 0) {
      System.arraycopy(logMel, 0, frame, 0, logMel.length);
    }
    for (int c = 0; c < cosines.length; c++) {
      double sum = 0;
      for (int b = 0; b < logMel.length; b++) {
        sum += cosines[c][b] * logMel[b];
      }
      frame[c] = sum;
    }
  }

  /** Overwrites the width features behind those that begin at from with their slopes. */
  private static void addDeltas(double[][] frames, int from, int width) {
    int last = frames.length - 1;
    for (int t = 0; t <= last; t++) {
      double[] before = frames[Math.max(t - 1, 0)];
      double[] twoBefore = frames[Math.max(t - 2, 0)];
      double[] after = frames[Math.min(t + 1, last)];
      double[] twoAfter = frames[Math.min(t + 2, last)];
      for (int i = from; i < from + width; i++) {
        frames[t][i + width] = (after[i] - before[i] + 2 * (twoAfter[i] - twoBefore[i])) / 10;
      }
    }
  }

  /** A feature that never changes becomes 0. */
  private static void normalize(double[][] frames) {
    for (int i = 0; i < frames[0].length; i++) {
      double sum = 0;
      for (double[] frame : frames) {
        sum += frame[i];
      }
      double mean = sum / frames.length;
      double squares = 0;
      for (double[] frame : frames) {
        frame[i] -= mean;
        squares += frame[i] * frame[i];
      }
      double deviation = Math.sqrt(squares / frames.length);
      for (double[] frame : frames) {
        frame[i] = deviation > 1e-9 * Math.abs(mean) ? frame[i] / deviation : 0;
      }
    }
  }

  private static float[][] floats(double[][] frames) {
    float[][] floats = new float[frames.length][frames[0].length];
    for (int t = 0; t < frames.length; t++) {
      for (int i = 0; i < floats[t].length; i++) {
        floats[t][i] = (float) frames[t][i];
      }
    }
    return floats;
  }
}
