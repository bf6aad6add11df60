package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
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
                + " \"cosine\", \"oneCycle\".");
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

  @Test
  void warmUpRisesToTheFirstRateOfTheScheduleAndShiftsIt() {
    LearningRateSchedule cosine = LearningRateSchedule.of("cosine", 0.8, 4, 1);
    WarmUp schedule = new WarmUp(cosine, 2);
    assertThat(schedule.at(0, 10)).isZero();
    assertThat(schedule.at(5, 10)).isCloseTo(0.2, within(1e-15));
    assertThat(schedule.at(19, 10)).isCloseTo(0.76, within(1e-15));
    for (long step = 0; step < 60; step++) {
      assertThat(schedule.at(20 + step, 10)).isEqualTo(cosine.at(step, 10));
    }
  }

  @Test
  void plateauLowersTheRateAgainAndAgainDownToItsLeast() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.8, 0.5, 2, 0.1, 0.3);
    List<Double> losses = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (double loss : new double[] {5, 4, 3.95, 4.1, 3.95, 3.7, 3.65, 3.65, 3.65, 3.65}) {
      rates.add(schedule.after(losses).at(0, 10));
      losses.add(loss);
    }
    assertThat(rates).containsExactly(0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.3, 0.3);
  }

  @Test
  void warmUpHandsTheLossesOn() {
    WarmUp schedule = new WarmUp(new ReduceOnPlateau(0.8, 0.5, 1, 0, 0), 1);
    assertThat(schedule.after(List.of(1.0, 2.0)).at(100, 10)).isEqualTo(0.4);
    assertThat(schedule.after(List.of(1.0, 2.0)).at(5, 10)).isEqualTo(0.2);
  }

  @Test
  void scheduleOfTheStepDoesNotLookAtLosses() {
    LearningRateSchedule schedule = LearningRateSchedule.of("oneCycle", 0.8, 3, 1);
    assertThat(schedule.after(List.of(1.0, 2.0))).isSameAs(schedule);
  }

  @Test
  void argumentsOfPlateauAndWarmUpOutsideTheirRangesAreRefused() {
    assertThatThrownBy(() -> new ReduceOnPlateau(0.1, 0.5, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plateauPatience is 0; it must be at least 1.");
    assertThatThrownBy(() -> new ReduceOnPlateau(0.1, 0.5, 1, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plateauMinDelta is -1.0; it must be at least 0 and finite.");
    assertThatThrownBy(() -> new ReduceOnPlateau(0.1, 0.5, 1, 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minLearningRate is NaN; it must be at least 0 and finite.");
    assertThatThrownBy(() -> new WarmUp(LearningRateSchedule.of("constant", 1, 1, 1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warmupEpochs is 0; it must be at least 1.");
  }
}
