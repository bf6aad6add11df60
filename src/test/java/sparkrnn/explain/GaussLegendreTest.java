package sparkrnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If it fails, attributions do not sum to what they explain. */
class GaussLegendreTest {

  /** Beyond degree 30 powers say nothing new; their integral from 0 to 1 is 1 / (degree + 1). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10, 50, 400, 800, 3200})
  void isExactForPolynomials(int count) {
    GaussLegendre rule = new GaussLegendre(count);
    for (int degree = 0; degree < Math.min(2 * count, 30); degree++) {
      double sum = 0;
      for (int m = 0; m < count; m++) {
        sum += rule.weight(m) * Math.pow(rule.node(m), degree);
      }
      assertThat(sum).as("degree %d", degree).isCloseTo(1.0 / (degree + 1), within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 50})
  void nodesRiseFromZeroToOne(int count) {
    GaussLegendre rule = new GaussLegendre(count);
    assertThat(rule.count()).isEqualTo(count);
    assertThat(rule.node(0)).isGreaterThan(0);
    assertThat(rule.node(count - 1)).isLessThan(1);
    for (int m = 1; m < count; m++) {
      assertThat(rule.node(m)).isGreaterThan(rule.node(m - 1));
    }
  }
}
