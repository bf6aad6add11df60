package sparkrnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.random.CounterRandom;

class OrthogonalTest {

  private static Filled fill(int rows, int columns, long seed) {
    return new Filled("orthogonal", rows, columns, seed);
  }

  @RandomTest
  void squareMatrixIsOrthogonalBothWays(Random random) {
    Filled u = fill(37, 37, random.nextLong());
    assertOrthonormalRows(u);
    assertOrthonormalColumns(u);
  }

  @RandomTest
  void matrixOfFourGatesHasOrthonormalRows(Random random) {
    assertOrthonormalRows(fill(19, 76, random.nextLong()));
  }

  @RandomTest
  void tallMatrixHasOrthonormalColumns(Random random) {
    assertOrthonormalColumns(fill(41, 6, random.nextLong()));
  }

  @RandomTest
  void oneRowHasLengthOne(Random random) {
    assertOrthonormalRows(fill(1, 1, random.nextLong()));
    assertOrthonormalRows(fill(1, 4, random.nextLong()));
  }

  private static void assertOrthonormalRows(Filled u) {
    for (int r = 0; r < u.rows; r++) {
      for (int s = 0; s < u.rows; s++) {
        double dot = 0;
        for (int c = 0; c < u.columns; c++) {
          dot += u.get(r, c) * u.get(s, c);
        }
        assertThat(Math.abs(dot - (r == s ? 1 : 0))).isLessThan(1e-6);
      }
    }
  }

  private static void assertOrthonormalColumns(Filled u) {
    for (int c = 0; c < u.columns; c++) {
      for (int d = 0; d < u.columns; d++) {
        double dot = 0;
        for (int r = 0; r < u.rows; r++) {
          dot += u.get(r, c) * u.get(r, d);
        }
        assertThat(Math.abs(dot - (c == d ? 1 : 0))).isLessThan(1e-6);
      }
    }
  }

  /** Q is unique once R's diagonal is positive, so Gram and Schmidt must find the same. */
  @RandomTest
  void isTheQOfTheNormalNumbersWhoeverComputesIt(Random random) {
    long seed = random.nextLong();
    assertGramSchmidt(seed, fill(12, 5, seed), false);
    assertGramSchmidt(seed, fill(7, 7, seed), false);
    assertGramSchmidt(seed, fill(5, 12, seed), true);
  }

  private static void assertGramSchmidt(long seed, Filled u, boolean wide) {
    int tall = Math.max(u.rows, u.columns);
    int narrow = Math.min(u.rows, u.columns);
    double[][] q = new double[narrow][tall];
    CounterRandom numbers = new CounterRandom(seed, 0);
    for (int c = 0; c < narrow; c++) {
      for (int r = 0; r < tall; r++) {
        q[c][r] = numbers.gaussian((long) r * narrow + c);
      }
      orthonormalize(q, c);
      for (int r = 0; r < tall; r++) {
        double value = wide ? u.get(c, r) : u.get(r, c);
        assertThat(Math.abs(value - q[c][r])).isLessThan(1e-6);
      }
    }
  }

  /** Takes the parts along the vectors before c out of vector c and makes its length one. */
  private static void orthonormalize(double[][] q, int c) {
    for (int before = 0; before < c; before++) {
      double along = dot(q[before], q[c]);
      for (int r = 0; r < q[c].length; r++) {
        q[c][r] -= along * q[before][r];
      }
    }
    double length = Math.sqrt(dot(q[c], q[c]));
    for (int r = 0; r < q[c].length; r++) {
      q[c][r] /= length;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
