package sparkrnn.feature;

/**
 * Triangles that share the frequencies of a Fourier transform out among bands of equal width on
 * HTK's mel scale.
 *
 * <pre>
 *   m(f)    = 1127 ln(1 + f / 700)
 *   T(b, k) = max(0, min((m(k) - e(b)) / (e(b+1) - e(b)), (e(b+2) - m(k)) / (e(b+2) - e(b+1))))
 * </pre>
 *
 * <p>e(0) ... e(bands + 1) are the edges, at equal distances in m; k counts frequencies from 0.
 * Source: Young and others, The HTK Book 3.4, section 5.6, and tf.signal's
 * linear_to_mel_weight_matrix.
 */
final class MelBands {

  private final int[] first;
  private final double[][] weights;

  MelBands(FrameSpec spec) {
    first = new int[spec.mels()];
    weights = new double[spec.mels()][];
    double[] mels = new double[spec.points() / 2 + 1];
    for (int k = 0; k < mels.length; k++) {
      mels[k] = mel((double) k * spec.sampleRate() / spec.points());
    }
    double lowest = mel(spec.minFrequency());
    double width = (mel(spec.maxFrequency()) - lowest) / (spec.mels() + 1);
    for (int b = 0; b < first.length; b++) {
      triangle(b, lowest + b * width, width, mels);
    }
  }

  private static double mel(double frequency) {
    return 1127 * StrictMath.log1p(frequency / 700);
  }

  private void triangle(int band, double left, double width, double[] mels) {
    int from = 0;
    while (from < mels.length && mels[from] <= left) {
      from++;
    }
    int to = from;
    while (to < mels.length && mels[to] < left + 2 * width) {
      to++;
    }
    first[band] = from;
    weights[band] = new double[to - from];
    for (int k = from; k < to; k++) {
      weights[band][k - from] = 1 - Math.abs(mels[k] - left - width) / width;
    }
  }

  /** The first band that holds no frequency; -1 if there is none. */
  int firstEmpty() {
    for (int b = 0; b < weights.length; b++) {
      if (weights[b].length == 0) {
        return b;
      }
    }
    return -1;
  }

  /**
   * Overwrites energies.
   *
   * @param power of each frequency, one for each half of the points and one more
   * @param energies (bands)
   */
  void energies(double[] power, double[] energies) {
    for (int b = 0; b < weights.length; b++) {
      double sum = 0;
      for (int i = 0; i < weights[b].length; i++) {
        sum += weights[b][i] * power[first[b] + i];
      }
      energies[b] = sum;
    }
  }
}
