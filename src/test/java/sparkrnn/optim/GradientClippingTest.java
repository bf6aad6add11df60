package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientClippingTest {

  private static final int[] TENSORS = {0, 2, 2, 5};

  private static float[] gradient() {
    return new float[] {3, -4, 0.1f, -0.2f, 0.2f};
  }

  @Test
  void noneMeasuresOnly() {
    float[] gradient = gradient();
    double norm = GradientClipping.of("none", 0, TENSORS).clip(gradient);
    assertThat(norm).isCloseTo(Math.sqrt(25.09), within(1e-7));
    assertThat(gradient).containsExactly(gradient());
  }

  @Test
  void globalNormScalesAllByOneFactor() {
    float[] gradient = gradient();
    double norm = GradientClipping.of("globalNorm", 2, TENSORS).clip(gradient);
    assertThat(norm).isCloseTo(Math.sqrt(25.09), within(1e-7));
    for (int i = 0; i < gradient.length; i++) {
      assertThat((double) gradient[i])
          .isCloseTo(gradient()[i] * 2 / Math.sqrt(25.09), within(1e-7));
    }
  }

  @Test
  void normScalesOnlyTheTensorThatIsTooLong() {
    float[] gradient = gradient();
    double norm = GradientClipping.of("norm", 1, TENSORS).clip(gradient);
    assertThat(norm).isCloseTo(Math.sqrt(25.09), within(1e-7));
    assertThat(gradient).containsExactly(0.6f, -0.8f, 0.1f, -0.2f, 0.2f);
  }

  @Test
  void valueCutsEachNumber() {
    float[] gradient = gradient();
    double norm = GradientClipping.of("value", 0.15, TENSORS).clip(gradient);
    assertThat(norm).isCloseTo(Math.sqrt(25.09), within(1e-7));
    assertThat(gradient).containsExactly(0.15f, -0.15f, 0.1f, -0.15f, 0.15f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "globalNorm", "norm", "value"})
  void shortGradientKeepsItsBits(String clipping) {
    float[] gradient = gradient();
    GradientClipping.of(clipping, 5.1, TENSORS).clip(gradient);
    assertThat(gradient).containsExactly(gradient());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "globalNorm", "norm", "value"})
  void gradientThatIsNotFiniteIsReportedAndLeftAsItIs(String clipping) {
    GradientClipping clip = GradientClipping.of(clipping, 1, TENSORS);
    float[] nan = {3, Float.NaN, 1, 1, 1};
    float[] infinite = {3, 1, 1, 1, Float.NEGATIVE_INFINITY};
    assertThat(clip.clip(nan)).isNaN();
    assertThat(nan).containsExactly(3, Float.NaN, 1, 1, 1);
    assertThat(clip.clip(infinite)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(infinite).containsExactly(3, 1, 1, 1, Float.NEGATIVE_INFINITY);
  }

  @Test
  void largestFloatsDoNotOverflowTheNorm() {
    float[] gradient = {Float.MAX_VALUE, Float.MAX_VALUE, 0, 0, -Float.MAX_VALUE};
    double norm = GradientClipping.of("globalNorm", 1, TENSORS).clip(gradient);
    assertThat(norm).isCloseTo(Math.sqrt(3) * Float.MAX_VALUE, within(1e25));
    assertThat(gradient[0]).isCloseTo((float) (1 / Math.sqrt(3)), within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, 5000})
  void normCountsEveryNumberOnce(int size) {
    long seed = 5L + size;
    Random random = new Random(seed);
    float[] gradient = new float[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      gradient[i] = (float) random.nextGaussian();
      sum += (double) gradient[i] * gradient[i];
    }
    double norm = GradientClipping.of("none", 1, new int[] {0, size}).clip(gradient);
    assertThat(norm).as("seed %d", seed).isCloseTo(Math.sqrt(sum), within(1e-12 * size));
  }

  /** Workers that own slices clip to the bits that a driver clips to. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "globalNorm", "norm", "value"})
  void slicesAreClippedAsTheWholeIs(String kind) {
    int[] tensors = {0, 1500, 1500, 3100, 5000};
    float[] whole = new float[5000];
    Random random = new Random(11);
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (float) random.nextGaussian();
    }
    GradientClipping clipping = GradientClipping.of(kind, 0.7, tensors);
    int[] bounds = {0, GradientNorm.BLOCK, 3 * GradientNorm.BLOCK, 5000};
    float[][] slices = new float[3][];
    double[] sums = new double[clipping.measure().pieces(0, 5000)];
    int at = 0;
    for (int s = 0; s < slices.length; s++) {
      slices[s] = Arrays.copyOfRange(whole, bounds[s], bounds[s + 1]);
      clipping.measure().addUp(slices[s], bounds[s], sums, at);
      at += clipping.measure().pieces(bounds[s], bounds[s + 1]);
    }
    double[] norms = new double[1 + clipping.normCount()];
    clipping.norms(sums, norms, 1);
    assertThat(at).isEqualTo(sums.length);
    assertThat(norms[1]).isEqualTo(clipping.clip(whole)).isGreaterThan(1);
    for (int s = 0; s < slices.length; s++) {
      clipping.clip(slices[s], bounds[s], norms, 1);
      assertThat(slices[s]).containsExactly(Arrays.copyOfRange(whole, bounds[s], bounds[s + 1]));
    }
  }

  @Test
  void firstNotFiniteIsFound() {
    assertThat(GradientClipping.firstNotFinite(new float[] {1, -Float.MAX_VALUE})).isEqualTo(-1);
    assertThat(GradientClipping.firstNotFinite(new float[] {1, 2, Float.NaN, 1 / 0f})).isEqualTo(2);
    assertThat(GradientClipping.firstNotFinite(new float[] {-1 / 0f})).isZero();
  }

  @ParameterizedTest
  @CsvSource({"globalNorm, 0", "norm, -1", "value, NaN", "globalNorm, Infinity"})
  void thresholdOutsideItsRangeIsRefused(String clipping, double threshold) {
    assertThatThrownBy(() -> GradientClipping.of(clipping, threshold, TENSORS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clipThreshold is " + threshold + "; it must be above 0 and finite.");
  }

  @Test
  void unknownNameIsRefusedWithAllNames() {
    assertThatThrownBy(() -> GradientClipping.of("clipNorm", 1, TENSORS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "clipping is \"clipNorm\"; it must be one of \"none\", \"globalNorm\", \"norm\","
                + " \"value\".");
  }

  @Test
  void lengthsThatDoNotAgreeAreRefused() {
    GradientClipping clip = GradientClipping.of("norm", 1, TENSORS);
    assertThatThrownBy(() -> clip.clip(new float[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clipping: gradient has length 6; it must be 5.");
    assertThatThrownBy(() -> GradientClipping.of("norm", 1, new int[] {0, 3, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "clipping: the tensor offsets are [0, 3, 2]; they must begin with 0 and never fall.");
  }
}
