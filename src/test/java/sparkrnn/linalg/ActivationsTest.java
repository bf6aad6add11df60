package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;

class ActivationsTest {

  private interface InPlace {
    void apply(float[] x, int from, int to);
  }

  private static float[] apply(InPlace function, float... x) {
    float[] y = x.clone();
    function.apply(y, 0, y.length);
    return y;
  }

  /** Every 401st of all floats, of both signs and every size, infinity and NaN left out. */
  private static float[] floatsOfAllSizes() {
    int count = Float.floatToIntBits(Float.POSITIVE_INFINITY) / 401;
    float[] values = new float[2 * count];
    for (int i = 0; i < count; i++) {
      values[2 * i] = Float.intBitsToFloat(401 * i);
      values[2 * i + 1] = -values[2 * i];
    }
    return values;
  }

  private static double largestError(InPlace function, DoubleUnaryOperator exact) {
    float[] x = floatsOfAllSizes();
    float[] y = apply(function, x);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      double error = Math.abs(y[i] - exact.applyAsDouble(x[i]));
      largest = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(largest, error);
    }
    return largest;
  }

  private static void assertRange(InPlace function, float low, float high) {
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : apply(function, floatsOfAllSizes())) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    assertThat(smallest).isEqualTo(low);
    assertThat(largest).isEqualTo(high);
  }

  @Test
  void tanhIsAsExactAsItsCommentSays() {
    assertThat(largestError(Activations::tanh, Math::tanh)).isBetween(0.0, 4.2e-7);
    assertRange(Activations::tanh, -1, 1);
  }

  @Test
  void sigmoidIsAsExactAsItsCommentSays() {
    assertThat(largestError(Activations::sigmoid, x -> 1 / (1 + Math.exp(-x))))
        .isBetween(0.0, 2.3e-7);
    assertRange(Activations::sigmoid, 0, 1);
  }

  @Test
  void reluIsExact() {
    assertThat(largestError(Activations::relu, x -> Math.max(x, 0))).isZero();
  }

  @Test
  void nanStaysNaN() {
    assertThat(apply(Activations::tanh, Float.NaN)).containsOnly(Float.NaN);
    assertThat(apply(Activations::sigmoid, Float.NaN)).containsOnly(Float.NaN);
    assertThat(apply(Activations::relu, Float.NaN)).containsOnly(Float.NaN);
  }

  @Test
  void endsOfTheNumberLine() {
    float inf = Float.POSITIVE_INFINITY;
    float[] large = {-inf, -Float.MAX_VALUE, -20, 20, Float.MAX_VALUE, inf};
    assertThat(apply(Activations::tanh, large)).containsExactly(-1, -1, -1, 1, 1, 1);
    assertThat(apply(Activations::sigmoid, large)).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(apply(Activations::relu, large)).containsExactly(0, 0, 0, 20, Float.MAX_VALUE, inf);
  }

  @Test
  void zerosAndTheSmallestNumbers() {
    float tiny = Float.MIN_VALUE;
    assertThat(apply(Activations::tanh, 0f, -0f)).containsExactly(0f, -0f);
    assertThat(apply(Activations::tanh, tiny, 1e-40f)[1]).isBetween(0f, 2e-40f);
    assertThat(apply(Activations::sigmoid, 0f, -0f, tiny, -tiny))
        .containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
    assertThat(apply(Activations::relu, tiny, -tiny, 0f)).containsExactly(tiny, 0f, 0f);
  }

  @Test
  void tanhIsOddAndReachesOneWithoutAStep() {
    float limit = 8.003324f;
    float[] x = {limit, Math.nextDown(limit), Math.nextUp(limit), -limit, 0.3f, -0.3f};
    float[] y = apply(Activations::tanh, x);
    assertThat(new float[] {y[0], y[2], y[3]}).containsExactly(1, 1, -1);
    assertThat(y[1]).isBetween(1 - 2e-7f, 1f);
    assertThat(y[4]).isEqualTo(-y[5]);
  }

  /** A vector instruction and the loop around it give the same bits, so shards may be cut. */
  @RandomTest
  void elementDoesNotDependOnItsPlaceOrTheRange(Random random) {
    float[] x = normals(random, 1003, 3);
    for (InPlace function : new InPlace[] {Activations::tanh, Activations::sigmoid}) {
      float[] together = null;
      for (int warm = 0; warm < 200; warm++) {
        together = apply(function, x);
      }
      for (int i = 0; i < x.length; i++) {
        assertThat(apply(function, x[i])[0]).isEqualTo(together[i]);
      }
    }
  }

  @RandomTest
  void onlyTheRangeIsWritten(Random random) {
    float[] x = normals(random, 50, 3);
    float[] dh = normals(random, 50, 1);
    InPlace[] functions = {
      Activations::tanh,
      Activations::sigmoid,
      Activations::relu,
      (y, from, to) -> Activations.tanh(x, y, from, to),
      (y, from, to) -> Activations.multiplyByTanhGradient(y, x, from, to),
      (y, from, to) -> Activations.multiplyByReluGradient(y, x, from, to)
    };
    for (InPlace function : functions) {
      float[] y = dh.clone();
      function.apply(y, 7, 40);
      assertThat(Arrays.copyOf(y, 7)).containsExactly(Arrays.copyOf(dh, 7));
      assertThat(Arrays.copyOfRange(y, 40, 50)).containsExactly(Arrays.copyOfRange(dh, 40, 50));
      assertThat(Arrays.copyOfRange(y, 7, 40)).isNotEqualTo(Arrays.copyOfRange(dh, 7, 40));
    }
  }

  @RandomTest
  void tanhFromOneArrayIntoAnotherIsTheSame(Random random) {
    float[] x = normals(random, 100, 3);
    float[] before = x.clone();
    float[] y = new float[100];
    Activations.tanh(x, y, 0, 100);
    assertThat(y).containsExactly(apply(Activations::tanh, x));
    assertThat(x).containsExactly(before);
  }

  @RandomTest
  void gradientOfTanhIsOneMinusItsSquare(Random random) {
    float[] h = apply(Activations::tanh, normals(random, 500, 2));
    float[] dh = normals(random, 500, 1);
    float[] actual = dh.clone();
    Activations.multiplyByTanhGradient(actual, h, 0, 500);
    for (int i = 0; i < 500; i++) {
      double expected = dh[i] * (1 - (double) h[i] * h[i]);
      assertThat(Math.abs(actual[i] - expected)).isLessThanOrEqualTo(2e-7 * Math.abs(dh[i]));
    }
  }

  @Test
  void gradientOfReluIsOneAboveZeroHoweverLittle() {
    float[] h = {0, Float.MIN_VALUE, 1e-38f, 1e-20f, 0.5f, 1, 3e38f, Float.POSITIVE_INFINITY};
    float[] dh = {-3, -3, -3, -3, -3, -3, -3, -3};
    Activations.multiplyByReluGradient(dh, h, 0, h.length);
    assertThat(dh[0]).isEqualTo(-0f);
    assertThat(Arrays.copyOfRange(dh, 1, h.length)).containsOnly(-3f);
  }

  @Test
  void gradientsKeepNaN() {
    float[] dh = {1, 1};
    Activations.multiplyByTanhGradient(dh, new float[] {Float.NaN, 0}, 0, 1);
    Activations.multiplyByReluGradient(dh, new float[] {0, Float.NaN}, 1, 2);
    assertThat(dh).containsOnly(Float.NaN);
  }
}
