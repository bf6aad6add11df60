package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If it fails, services get other predictions than batches. */
final class BlasRowTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "8, 5", "9, 33", "16, 64", "130, 47"})
  void addsTheProductOfOneRowAndNothingBesideIt(int k, int n) {
    Random random = new Random(31L * k + n);
    int before = 3;
    float[] x = normals(random, k + 2 * before);
    float[] b = normals(random, k * n + 2 * before);
    float[] y = normals(random, n + 2 * before);
    float[] expected = y.clone();
    float[] found = y.clone();
    Blas.addRowProduct(k, n, x, before, b, before, found, before);
    for (int e = 0; e < y.length; e++) {
      int j = e - before;
      double sum = y[e];
      double size = Math.abs(y[e]);
      for (int p = 0; p < k && j >= 0 && j < n; p++) {
        double product = (double) x[before + p] * b[before + p * n + j];
        sum += product;
        size += Math.abs(product);
      }
      expected[e] = (float) sum;
      assertThat(found[e])
          .as("element %d", e)
          .isCloseTo(expected[e], within((float) (1e-6 * size)));
    }
    assertThat(found[0]).isEqualTo(y[0]);
    assertThat(found[y.length - 1]).isEqualTo(y[y.length - 1]);
  }

  private static float[] normals(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
