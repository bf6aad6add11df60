package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.normals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import sparkrnn.RandomTest;
import sparkrnn.linalg.MatrixProduct.Kind;

/** The same product has the same bits, whoever asks for it and wherever it stands. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BlasBitsTest {

  private static final int[][] SHAPES = {{1, 1, 3}, {16, 128, 128}, {33, 130, 259}, {64, 20, 5}};

  private static List<MatrixProduct> products(Random random) {
    List<MatrixProduct> products = new ArrayList<>();
    for (int[] shape : SHAPES) {
      for (Kind kind : Kind.values()) {
        products.add(new MatrixProduct(random, kind, shape[0], shape[1], shape[2]));
      }
    }
    return products;
  }

  private static List<float[]> runAll(List<MatrixProduct> products) {
    return products.stream().map(product -> product.run(1f)).toList();
  }

  private static void assertSameBits(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i));
    }
  }

  @RandomTest
  void againAndAgain(Random random) {
    List<MatrixProduct> products = products(random);
    List<float[]> expected = runAll(products);
    for (int i = 0; i < 20; i++) {
      assertSameBits(runAll(products), expected);
    }
  }

  @RandomTest
  void fromFourThreadsAtOnce(Random random) throws InterruptedException, ExecutionException {
    List<MatrixProduct> products = products(random);
    List<float[]> expected = runAll(products);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<float[]>> task = () -> runAll(products);
      List<Callable<List<float[]>>> tasks = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        tasks.add(task);
      }
      for (Future<List<float[]>> result : threads.invokeAll(tasks)) {
        assertSameBits(result.get(), expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @RandomTest
  void atEveryPlaceOfTheArrays(Random random) {
    float[] a = normals(random, 33 * 259, 1);
    float[] b = normals(random, 259 * 130, 1);
    float[] expected = new float[33 * 130];
    Blas.multiply(33, 130, 259, a, 0, 259, b, 0, 130, 0f, expected, 0, 130);
    for (int at = 1; at < 17; at++) {
      float[] c = new float[at + expected.length];
      Blas.multiply(33, 130, 259, moved(a, at), at, 259, moved(b, at), at, 130, 0f, c, at, 130);
      assertThat(Arrays.copyOfRange(c, at, c.length)).containsExactly(expected);
    }
  }

  private static float[] moved(float[] values, int by) {
    float[] array = new float[values.length + by];
    System.arraycopy(values, 0, array, by, values.length);
    return array;
  }
}
