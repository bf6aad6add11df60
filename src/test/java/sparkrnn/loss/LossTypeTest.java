package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkrnn.contract.LossContractTest;

class LossTypeTest {

  @ParameterizedTest
  @EnumSource
  void everyLossHasItsContractTest(LossType type) throws ClassNotFoundException {
    String test = type.create(new LossOptions(1, List.of(0.5))).getClass().getName() + "Test";
    assertThat(Class.forName(test)).isAssignableTo(LossContractTest.class);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(LossType type) {
    assertThat(LossType.named(type.specName())).isSameAs(type);
  }

  @Test
  void unknownNameIsRefusedWithAllNames() {
    assertThatThrownBy(() -> LossType.named("l2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "NetworkSpec: loss is \"l2\"; it must be one of \"mse\", \"mae\", \"huber\", \"crossEntropy\", \"sparseCrossEntropy\", \"binaryCrossEntropy\", \"pinball\", \"gaussian\", \"studentT\", \"poisson\", \"negativeBinomial\".");
  }
}
