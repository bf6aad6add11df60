package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkrnn.contract.OptimizerContractTest;

class OptimizerTypeTest {

  @ParameterizedTest
  @EnumSource
  void everyOptimizerHasItsContractTest(OptimizerType type) throws ClassNotFoundException {
    String test = type.create(1, new OptimizerOptions(0, false, 0)).getClass().getName() + "Test";
    assertThat(Class.forName(test)).isAssignableTo(OptimizerContractTest.class);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(OptimizerType type) {
    assertThat(OptimizerType.of(type.paramValue())).isSameAs(type);
  }

  @Test
  void unknownNameIsRefusedWithAllNames() {
    assertThatThrownBy(() -> OptimizerType.of("Adam"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "optimizer is \"Adam\"; it must be one of \"adam\", \"adamW\", \"sgd\","
                + " \"rmsprop\", \"adagrad\", \"nadam\".");
  }
}
