package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {

  /** 10 training steps an epoch, 4 schedule epochs, decay rate 0.25, learning rate 0.8. */
  @ParameterizedTest
  @CsvSource({
    "constant, 0, 0.8",
    "constant, 1000000, 0.8",
    "step, 0, 0.8",
    "step, 39, 0.8",
    "step, 40, 0.2",
    "step, 79, 0.2",
    "step, 80, 0.05",
    "exponential, 0, 0.8",
    "exponential, 20, 0.4",
    "exponential, 40, 0.2",
    "exponential, 60, 0.1",
    "cosine, 0, 0.8",
    "cosine, 10, 0.682842712474619",
    "cosine, 20, 0.4",
    "cosine, 40, 0",
    "cosine, 41, 0",
    "cosine, 400, 0",
  })
  void followsItsFormula(String schedule, long step, double expected) {
    LearningRateSchedule learningRate = LearningRateSchedule.of(schedule, 0.8, 4, 0.25);
    assertThat(learningRate.at(step, 10)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void farStepsDoNotOverflow() {
    LearningRateSchedule schedule = LearningRateSchedule.of("step", 0.8, 1, 1);
    assertThat(schedule.at(Long.MAX_VALUE, 1)).isEqualTo(0.8);
  }

  @Test
  void argumentsOutsideTheirRangesAreRefused() {
    assertThatThrownBy(() -> LearningRateSchedule.of("linear", 0.1, 1, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "schedule is \"linear\"; it must be one of \"constant\", \"step\", \"exponential\","
                + " \"cosine\".");
    assertThatThrownBy(() -> LearningRateSchedule.of("constant", 0, 1, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learningRate is 0.0; it must be above 0 and finite.");
    assertThatThrownBy(() -> LearningRateSchedule.of("cosine", 0.1, 0, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scheduleEpochs is 0; it must be at least 1.");
    assertThatThrownBy(() -> LearningRateSchedule.of("step", 0.1, 1, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decayRate is 1.5; it must be in (0, 1].");
  }
}
