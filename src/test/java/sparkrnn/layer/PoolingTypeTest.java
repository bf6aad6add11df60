package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkrnn.contract.PoolingContractTest;
import sparkrnn.parameter.ParameterLayout;

class PoolingTypeTest {

  @ParameterizedTest
  @EnumSource
  void everyPoolingHasItsContractTest(PoolingType type) throws ClassNotFoundException {
    String test = type.create(ParameterLayout.builder(), 1, 1).getClass().getName() + "Test";
    Class<?> found = Class.forName(test);
    // What pools nothing has another shape, and so a test of its own.
    assertThat(PoolingContractTest.class.isAssignableFrom(found))
        .isEqualTo(type != PoolingType.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(PoolingType type) {
    assertThat(PoolingType.named(type.specName())).isSameAs(type);
  }

  @Test
  void unknownNameIsRefusedWithAllNames() {
    assertThatThrownBy(() -> PoolingType.named("sum"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "NetworkSpec: pooling is \"sum\"; it must be one of \"last\", \"mean\", \"max\","
                + " \"none\", \"attention\".");
  }
}
