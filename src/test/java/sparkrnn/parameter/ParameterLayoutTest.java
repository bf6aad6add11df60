package sparkrnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import sparkrnn.parameter.ParameterLayout.Tensor;

class ParameterLayoutTest {

  private static ParameterLayout layout() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    builder.add("a/kernel", 3, 4);
    builder.add("a/bias", 4);
    builder.add("b/kernel", 4, 1);
    return builder.build();
  }

  @Test
  void tensorsLieOneAfterTheOther() {
    assertThat(layout().tensors())
        .containsExactly(
            new Tensor("a/kernel", List.of(3, 4), 0),
            new Tensor("a/bias", List.of(4), 12),
            new Tensor("b/kernel", List.of(4, 1), 16));
    assertThat(layout().size()).isEqualTo(20);
  }

  @Test
  void addTellsWhereTheTensorBegins() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    assertThat(builder.add("a/kernel", 3, 4)).isZero();
    assertThat(builder.add("a/bias", 4)).isEqualTo(12);
  }

  @Test
  void tensorIsFoundByNameAndByPlace() {
    assertThat(layout().tensor("a/bias").offset()).isEqualTo(12);
    assertThat(layout().tensorAt(0).name()).isEqualTo("a/kernel");
    assertThat(layout().tensorAt(11).name()).isEqualTo("a/kernel");
    assertThat(layout().tensorAt(12).name()).isEqualTo("a/bias");
    assertThat(layout().tensorAt(19).name()).isEqualTo("b/kernel");
  }

  @Test
  void unknownNamesAndPlacesAreRefused() {
    assertThatThrownBy(() -> layout().tensor("a/gain"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("There is no parameter \"a/gain\".");
    for (int index : new int[] {-1, 20}) {
      assertThatThrownBy(() -> layout().tensorAt(index))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("Index " + index + " is not in a flat array of 20 parameters.");
    }
  }

  @Test
  void nameThatIsTakenIsRefused() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    builder.add("a/bias", 4);
    assertThatThrownBy(() -> builder.add("a/bias", 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are two parameters \"a/bias\".");
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    assertThatThrownBy(() -> builder.add("a/kernel", 1 << 16, 1 << 16))
        .isInstanceOf(ArithmeticException.class);
    ParameterLayout.Builder second = ParameterLayout.builder();
    second.add("a/kernel", 1 << 15, 1 << 15);
    assertThatThrownBy(() -> second.add("b/kernel", 1 << 15, 1 << 15))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void layoutDoesNotGrowWithItsBuilder() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    builder.add("a/bias", 4);
    ParameterLayout layout = builder.build();
    builder.add("b/bias", 4);
    assertThat(layout.tensors()).hasSize(1);
    assertThat(layout.size()).isEqualTo(4);
  }
}
