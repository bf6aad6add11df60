package sparkrnn.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import sparkrnn.linalg.Blas;

/**
 * How many floating-point operations a second one thread of our BLAS reaches: the limit that
 * jobs/bench sets a workload beside. Prints one line of JSON.
 *
 * <p>It is the quickest of many products of two square matrices, of the size that is best.
 */
public final class SgemmPeak {

  private static final int[] SIZES = {512, 1024, 2048};
  private static final double SECONDS_PER_SIZE = 1;
  private static final int LEAST_PRODUCTS = 3;
  private static final long SEED = 20_260;
  private static final double NANOS = 1e9;

  private SgemmPeak() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws JsonProcessingException {
    System.out.println(new ObjectMapper().writeValueAsString(measure(SECONDS_PER_SIZE, SIZES)));
  }

  /** The values by their names in the JSON. */
  static Map<String, Object> measure(double secondsPerSize, int... sizes) {
    double best = 0;
    int bestSize = 0;
    for (int size : sizes) {
      double speed = 2.0 * size * size * size / shortestSeconds(size, secondsPerSize);
      if (speed > best) {
        best = speed;
        bestSize = size;
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("flopsPerSecond", best);
    values.put("size", bestSize);
    values.put("blas", Blas.name());
    return values;
  }

  private static double shortestSeconds(int size, double seconds) {
    float[] a = randomSquare(size);
    float[] b = randomSquare(size);
    float[] c = new float[size * size];
    double shortest = Double.POSITIVE_INFINITY;
    long begin = System.nanoTime();
    for (int products = 0; products < LEAST_PRODUCTS || secondsSince(begin) < seconds; products++) {
      long start = System.nanoTime();
      Blas.multiply(size, size, size, a, 0, size, b, 0, size, 0, c, 0, size);
      shortest = Math.min(shortest, secondsSince(start));
    }
    return shortest;
  }

  private static float[] randomSquare(int size) {
    Random random = new Random(SEED);
    float[] square = new float[size * size];
    for (int i = 0; i < square.length; i++) {
      square[i] = (float) random.nextGaussian();
    }
    return square;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / NANOS;
  }
}
