package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;

import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.oracle.Agreement;

/** If this fails, every product with a recurrent kernel is wrong. */
class PackedMatrixTest {

  private static final int SHAPES = 200;
  private static final int GAP = 3;

  @RandomTest
  void productIsThatOfTheMatrixWhateverItsTiles(Random random) {
    for (int s = 0; s < SHAPES; s++) {
      int depth = 1 + random.nextInt(40);
      int columns = 16 * (1 + random.nextInt(3));
      assertProduct(random, new PackedMatrix(depth, columns));
    }
  }

  @RandomTest
  void productIsThatOfTheMatrixWithTheTilesOfThisProcessor(Random random) {
    PackedMatrix packed = new PackedMatrix();
    for (int s = 0; s < SHAPES; s++) {
      assertProduct(random, packed);
    }
  }

  @RandomTest
  void nothingOfTheMatrixBeforeIsLeft(Random random) {
    PackedMatrix packed = new PackedMatrix(8, 16);
    packed.pack(90, 90, normals(random, 8100, 1), 0, 90);
    assertProduct(random, packed);
  }

  private static void assertProduct(Random random, PackedMatrix packed) {
    int m = 1 + random.nextInt(150);
    int k = 1 + random.nextInt(80);
    int n = 1 + random.nextInt(80);
    boolean turned = random.nextBoolean();
    float beta = random.nextInt(2);
    int aStride = k + random.nextInt(GAP);
    int bStride = (turned ? k : n) + random.nextInt(GAP);
    int cStride = n + random.nextInt(GAP);
    int at = random.nextInt(GAP);
    float[] a = normals(random, at + m * aStride, 1);
    float[] b = normals(random, at + Math.max(k, n) * bStride, 1);
    float[] c = normals(random, at + m * cStride, 1);
    double[] expected = doubles(c);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = beta * c[at + i * cStride + j];
        for (int p = 0; p < k; p++) {
          int place = turned ? j * bStride + p : p * bStride + j;
          sum += (double) a[at + i * aStride + p] * b[at + place];
        }
        expected[at + i * cStride + j] = sum;
      }
    }
    if (turned) {
      packed.packTransposed(k, n, b, at, bStride);
    } else {
      packed.pack(k, n, b, at, bStride);
    }
    packed.multiply(m, a, at, aStride, beta, c, at, cStride);
    assertThat(Agreement.largestDifference(c, expected))
        .as("m %d, k %d, n %d, turned %s, beta %s", m, k, n, turned, beta)
        .isLessThan(0x1p-23 * (k + 2));
  }
}
