package sparkrnn.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkrnn.contract.CellContractTest;

class CellTypeTest {

  /** The first activation of LstmCell is tested by LstmCellTest, "relu" by LstmCellReluTest. */
  @ParameterizedTest
  @EnumSource
  void everyCellAndActivationHasItsContractTest(CellType type) throws ReflectiveOperationException {
    for (String activation : type.activations()) {
      Cell cell = type.create(1, 1, activation, new GateParameters(0, 1, 2));
      String suffix = activation.equals(type.activations().get(0)) ? "" : capitalized(activation);
      Class<?> test = Class.forName(cell.getClass().getName() + suffix + "Test");
      assertThat(test).isAssignableTo(CellContractTest.class);
      var contract = (CellContractTest) test.getDeclaredConstructor().newInstance();
      assertThat(contract.type()).isSameAs(type);
      assertThat(contract.activation()).isEqualTo(activation);
    }
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(CellType type) {
    assertThat(CellType.named(type.specName())).isSameAs(type);
  }

  @Test
  void unknownNameIsRefusedWithAllNames() {
    assertThatThrownBy(() -> CellType.named("LSTM"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RecurrentSpec: cell is \"LSTM\"; it must be one of \"simpleRnn\", \"lstm\","
                + " \"layerNormLstm\", \"gru\".");
  }
}
