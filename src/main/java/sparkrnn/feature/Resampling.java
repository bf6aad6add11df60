package sparkrnn.feature;

import java.util.Arrays;

/**
 * Which old pixels of a line make each new one, and how much of each: triangles.
 *
 * <pre>
 *   s = old size / new size     r = max(1, s)     centre(j) = (j + 1/2) s
 *   weight(j, i) = max(0, 1 - |i + 1/2 - centre(j)| / r) / sum of these over i
 * </pre>
 *
 * <p>Where the line grows this is bilinear interpolation; where it shrinks, every old pixel counts.
 * As PyTorch's {@code interpolate(mode="bilinear", antialias=True)} and Pillow's BILINEAR do it.
 */
final class Resampling {

  private final int[] first;
  private final double[][] weights;

  Resampling(int from, int to) {
    first = new int[to];
    weights = new double[to][];
    double step = (double) from / to;
    double reach = Math.max(1, step);
    for (int j = 0; j < to; j++) {
      double centre = (j + 0.5) * step;
      first[j] = Math.max(0, (int) Math.ceil(centre - reach - 0.5));
      int last = Math.min(from - 1, (int) Math.floor(centre + reach - 0.5));
      weights[j] = new double[last - first[j] + 1];
      for (int i = 0; i < weights[j].length; i++) {
        weights[j][i] = Math.max(0, 1 - Math.abs(first[j] + i + 0.5 - centre) / reach);
      }
      double sum = Arrays.stream(weights[j]).sum();
      for (int i = 0; i < weights[j].length; i++) {
        weights[j][i] /= sum;
      }
    }
  }

  /** How many new pixels there are. */
  int size() {
    return first.length;
  }

  /** The first old pixel of a new one. */
  int first(int pixel) {
    return first[pixel];
  }

  /** How many old pixels make a new one. */
  int count(int pixel) {
    return weights[pixel].length;
  }

  double weight(int pixel, int i) {
    return weights[pixel][i];
  }
}
