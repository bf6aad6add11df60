package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MaxNormTest {

  @Test
  void onlyLongColumnsOfItsMatricesAreShortened() {
    MaxNorm maxNorm = new MaxNorm();
    maxNorm.add(1, 2, 3, 5);
    maxNorm.add(7, 2, 1, 0);
    float[] p = {99, 6, 3, 0, 8, 4, 0, 99, 99};
    maxNorm.apply(p);
    float[] expected = {99, 3, 3, 0, 4, 4, 0, 99, 99};
    for (int i = 0; i < p.length; i++) {
      assertThat(p[i]).as("element %d", i).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void vectorIsOneColumn() {
    MaxNorm maxNorm = new MaxNorm();
    maxNorm.add(0, 4, 1, 1);
    float[] p = {2, 2, -2, 2};
    maxNorm.apply(p);
    assertThat(p).containsExactly(new float[] {0.5f, 0.5f, -0.5f, 0.5f}, within(1e-6f));
  }

  @Test
  void columnOfZerosStays() {
    MaxNorm maxNorm = new MaxNorm();
    maxNorm.add(0, 2, 1, 3);
    float[] p = {0, 0};
    maxNorm.apply(p);
    assertThat(p).containsExactly(0, 0);
  }
}
