package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.linalg.MatrixProduct.Kind;

class BlasTest {

  /** Both sides of the sizes at which products are cut into tiles. */
  private static MatrixProduct draw(Random random, Kind kind) {
    boolean large = random.nextInt(8) == 0;
    int m = 1 + random.nextInt(large ? 90 : 24);
    int n = 1 + random.nextInt(large ? 300 : 24);
    int k = 1 + random.nextInt(large ? 600 : 24);
    return new MatrixProduct(random, kind, m, n, k);
  }

  @RandomTest
  void productsAgreeWithDoublePrecision(Random random) {
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < 40; i++) {
        MatrixProduct product = draw(random, kind);
        product.assertAgrees(product.run(0f), 0);
        product.assertAgrees(product.run(1f), 1);
      }
    }
  }

  @Test
  void betaZeroOverwritesNaN() {
    for (Kind kind : Kind.values()) {
      for (int size : new int[] {1, 7, 64, 150, 300}) {
        MatrixProduct product = new MatrixProduct(new Random(1), kind, size, size, size);
        product.poisonC();
        product.assertAgrees(product.run(0f), 0);
      }
    }
  }

  @RandomTest
  void onlyTheElementsOfCAreWritten(Random random) {
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < 20; i++) {
        MatrixProduct product = draw(random, kind);
        product.assertGapsUntouched(product.run(0f));
        product.assertGapsUntouched(product.run(1f));
      }
    }
  }

  @Test
  void withoutSummandsBetaAloneDecides() {
    for (Kind kind : Kind.values()) {
      MatrixProduct product = new MatrixProduct(new Random(1), kind, 5, 4, 0);
      product.assertAgrees(product.run(0f), 0);
      product.assertAgrees(product.run(1f), 1);
    }
  }

  @Test
  void emptyResultIsNoError() {
    for (Kind kind : Kind.values()) {
      for (int[] shape : new int[][] {{0, 4, 3}, {5, 0, 3}, {0, 0, 0}}) {
        MatrixProduct product =
            new MatrixProduct(new Random(1), kind, shape[0], shape[1], shape[2]);
        product.assertGapsUntouched(product.run(0f));
      }
    }
  }

  @Test
  void nanInTheInputsIsNotHidden() {
    for (Kind kind : Kind.values()) {
      MatrixProduct product = new MatrixProduct(new Random(1), kind, 3, 3, 3);
      product.poisonA();
      assertThat(product.result(product.run(0f))).contains(Double.NaN);
    }
  }

  /** The netlib of Spark 3.5 and 4.0 refuses these. */
  @Test
  void blockMayEndWithItsArray() {
    float[] a = {0, 0, 0, 1, 2}; // the block (2, 1) in columns of 3, at 1: 0, 2
    float[] b = {9, 3, 4}; // (1, 2) at 1
    float[] c = {7, 7, 7, 7, 7, 7}; // (2, 2) in columns of 3, at 1
    Blas.multiply(2, 2, 1, a, 1, 3, b, 1, 5, 0f, c, 1, 3);
    assertThat(c).containsExactly(7, 0, 0, 7, 6, 8);
  }

  /** If this fails, a wrong place of a block reads or writes the memory of something else. */
  @Test
  void blockBeyondItsArrayIsRefused() {
    float[] room = new float[12]; // (3, 4)
    float[] less = new float[11];
    Blas.multiply(3, 4, 4, room, 0, 4, new float[16], 0, 4, 0f, room.clone(), 0, 4);
    assertThatThrownBy(
            () -> Blas.multiply(3, 4, 4, less, 0, 4, new float[16], 0, 4, 0f, room, 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> Blas.multiply(3, 4, 4, room, 0, 4, new float[15], 0, 4, 0f, room, 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> Blas.multiply(3, 4, 4, room, 0, 4, new float[16], 0, 4, 0f, less, 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> Blas.multiply(3, 4, 4, room, -1, 4, new float[16], 0, 4, 0f, room, 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> Blas.multiply(3, 4, 4, room, 0, 3, new float[16], 0, 4, 0f, room, 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows of 4 numbers can't lie 3 apart");
  }

  /** The Java BLAS on the Vector API copies into panels, which is netlib's affair. */
  @RandomTest
  void nativeBlasAllocatesNothing(Random random) {
    assumeTrue(Blas.isNative());
    float[] a = normals(random, 100 * 300, 1);
    float[] b = normals(random, 300 * 200, 1);
    float[] c = new float[100 * 200];
    Runnable multiply = () -> Blas.multiply(100, 200, 300, a, 0, 300, b, 0, 200, 1f, c, 0, 200);
    assertThat(Allocation.bytesPerRun(multiply)).isZero();
    assertThat(doubles(c)).doesNotContain(Double.NaN);
  }
}
