package sparkrnn.linalg;

import java.util.Random;
import sparkrnn.linalg.MatrixProduct.Kind;

/** A program that says which BLAS runs and multiplies with it. */
final class BlasProbe {

  private BlasProbe() {}

  public static void main(String[] arguments) {
    System.out.println("BLAS: " + Blas.name() + ", native: " + Blas.isNative());
    Random random = new Random(1);
    for (int size : new int[] {0, 1, 5, 17, 64, 150}) {
      for (Kind kind : Kind.values()) {
        MatrixProduct product = new MatrixProduct(random, kind, size, size + 1, size + 2);
        product.assertAgrees(product.run(1f), 1);
        product.poisonC();
        product.assertAgrees(product.run(0f), 0);
        product.assertGapsUntouched(product.run(0f));
      }
    }
    System.out.println("all products agree");
  }
}
