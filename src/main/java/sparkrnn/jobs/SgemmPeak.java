package sparkrnn.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import sparkrnn.linalg.Blas;

/**
 * How many floating-point operations a second our BLAS reaches: the limit that jobs/bench sets a
 * workload beside. Prints one line of JSON.
 *
 * <p>One thread alone, and so many at once, each with large square matrices of its own: two threads
 * that share a core reach little more than one. Of many short times the best counts, and of the
 * sizes the best.
 */
public final class SgemmPeak {

  private static final int[] SIZES = {512, 1024};
  private static final int TIMES = 8;
  private static final double SECONDS_PER_TIME = 0.15;
  private static final long SEED = 20_260;
  private static final double NANOS = 1e9;

  private final int threads;
  private final double secondsPerTime;

  private SgemmPeak(int threads, double secondsPerTime) {
    this.threads = threads;
    this.secondsPerTime = secondsPerTime;
  }

  /** Takes one argument, the number of threads. */
  public static void main(String[] arguments)
      throws JsonProcessingException, InterruptedException, ExecutionException {
    int threads = Integer.parseInt(arguments[0]);
    System.out.println(
        new ObjectMapper().writeValueAsString(measure(threads, SECONDS_PER_TIME, SIZES)));
  }

  /** The values by their names in the JSON. */
  static Map<String, Object> measure(int threads, double secondsPerTime, int... sizes)
      throws InterruptedException, ExecutionException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("threads", threads);
    values.put("flopsPerSecond", new SgemmPeak(threads, secondsPerTime).best(sizes));
    values.put("flopsPerSecondOfOneThread", new SgemmPeak(1, secondsPerTime).best(sizes));
    values.put("blas", Blas.name());
    return values;
  }

  private double best(int... sizes) throws InterruptedException, ExecutionException {
    ExecutorService pool =
        Executors.newFixedThreadPool(threads, work -> new Thread(work, "rnn-sgemm-peak"));
    try {
      double best = 0;
      for (int size : sizes) {
        List<Square> squares = squares(size);
        for (int time = 0; time < TIMES; time++) {
          best = Math.max(best, flopsPerSecond(pool, squares));
        }
      }
      return best;
    } finally {
      pool.shutdown();
    }
  }

  private List<Square> squares(int size) {
    Random random = new Random(SEED);
    List<Square> squares = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      squares.add(Square.random(size, random));
    }
    return squares;
  }

  /** Of all threads together, in one short time. */
  private double flopsPerSecond(ExecutorService pool, List<Square> squares)
      throws InterruptedException, ExecutionException {
    List<Callable<Double>> work = new ArrayList<>();
    for (Square square : squares) {
      work.add(() -> square.flopsPerSecond(secondsPerTime));
    }
    double sum = 0;
    for (Future<Double> ofThread : pool.invokeAll(work)) {
      sum += ofThread.get();
    }
    return sum;
  }

  /** The matrices of one thread. */
  private record Square(int size, float[] a, float[] b, float[] c) {

    static Square random(int size, Random random) {
      return new Square(
          size, values(size * size, random), values(size * size, random), new float[size * size]);
    }

    private static float[] values(int count, Random random) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }

    double flopsPerSecond(double wantedSeconds) {
      long begin = System.nanoTime();
      double seconds;
      long products = 0;
      do {
        Blas.multiply(size, size, size, a, 0, size, b, 0, size, 0, c, 0, size);
        products++;
        seconds = (System.nanoTime() - begin) / NANOS;
      } while (seconds < wantedSeconds);
      return products * 2.0 * size * size * size / seconds;
    }
  }
}
