package sparkrnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.network.ParityFixture;

/**
 * Our steps and learning rates against those of Keras and PyTorch, which make_optimizer_fixtures.py
 * and make_one_cycle_fixtures.py in src/test/python wrote.
 */
final class OptimizerParityTest {

  private static final Map<String, String> SCRIPTS =
      Map.of(
          "optimizer", "make_optimizer_fixtures.py",
          "one_cycle", "make_one_cycle_fixtures.py");

  static Stream<ParityFixture> optimizers() throws IOException {
    return ParityFixture.all("optimizer").stream()
        .filter(fixture -> !fixture.name().startsWith("schedule_"));
  }

  static List<ParityFixture> oneCycles() throws IOException {
    return ParityFixture.all("one_cycle");
  }

  private static Optimizer optimizer(ParityFixture fixture, int size) {
    Optimizer optimizer =
        OptimizerType.of(fixture.text("optimizer"))
            .create(
                size,
                new OptimizerOptions(
                    Double.parseDouble(fixture.text("momentum")),
                    Boolean.parseBoolean(fixture.text("nesterov")),
                    Double.parseDouble(fixture.text("weight_decay"))));
    double average = Double.parseDouble(fixture.text("ema_momentum"));
    return average > 0 ? new MovingAverage(optimizer, size, average) : optimizer;
  }

  /** Each number as near as float32 lets it, to the way that it has gone. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void everyStepIsThatOfKeras(ParityFixture fixture) {
    float[] initial = fixture.values("initial");
    float[] gradients = fixture.values("gradients");
    float[] rates = fixture.values("learning_rates");
    float[] expected = fixture.values("parameters");
    float[] parameters = initial.clone();
    double[] way = new double[initial.length];
    Optimizer optimizer = optimizer(fixture, initial.length);
    for (int t = 0; t < rates.length; t++) {
      int from = t * initial.length;
      float[] before = parameters.clone();
      optimizer.step(
          parameters, Arrays.copyOfRange(gradients, from, from + initial.length), rates[t]);
      for (int i = 0; i < initial.length; i++) {
        way[i] += Math.abs(parameters[i] - before[i]);
        double rounding = (t + 1) * Math.ulp(Math.max(Math.abs(parameters[i]), 1f));
        assertThat((double) parameters[i])
            .as("parameter %d after step %d", i, t + 1)
            .isCloseTo(expected[from + i], within(1e-5 * way[i] + rounding));
      }
    }
  }

  @Test
  void movingAverageEndsAsThatOfKeras() throws IOException {
    ParityFixture fixture = ParityFixture.named("optimizer", "adam_average");
    float[] parameters = fixture.values("initial").clone();
    float[] gradients = fixture.values("gradients");
    float[] rates = fixture.values("learning_rates");
    float[] expected = fixture.values("average");
    int size = parameters.length;
    Optimizer optimizer = optimizer(fixture, size);
    for (int t = 0; t < rates.length; t++) {
      float[] gradient = Arrays.copyOfRange(gradients, t * size, (t + 1) * size);
      optimizer.step(parameters, gradient, rates[t]);
    }
    float[] last = parameters.clone();
    optimizer.finish(parameters);
    for (int i = 0; i < size; i++) {
      assertThat(parameters[i]).as("average %d", i).isCloseTo(expected[i], within(1e-5f));
    }
    assertThat(Math.abs(last[size - 1] - parameters[size - 1])).isGreaterThan(1e-3f);
  }

  @Test
  void everyOptimizerHasItsCases() throws IOException {
    assertThat(new TreeSet<>(optimizers().map(fixture -> fixture.text("optimizer")).toList()))
        .containsExactlyInAnyOrderElementsOf(OptimizerType.names());
  }

  @Test
  void cosineIsThatOfKerasWithAndWithoutWarmUp() throws IOException {
    LearningRateSchedule cosine = LearningRateSchedule.of("cosine", 0.3, 4, 1);
    assertRates(cosine, 5, ParityFixture.named("optimizer", "schedule_cosine"));
    assertRates(
        new WarmUp(cosine, 2), 5, ParityFixture.named("optimizer", "schedule_cosine_warmup"));
  }

  @ParameterizedTest
  @MethodSource("oneCycles")
  void oneCycleIsThatOfPyTorch(ParityFixture fixture) {
    int steps = fixture.values("learning_rates").length;
    LearningRateSchedule schedule = LearningRateSchedule.of("oneCycle", 0.3, 1, 1);
    assertRates(schedule, steps, fixture);
    double last = 0.3 / 25 / 1e4;
    assertThat(schedule.at(100L * steps, steps)).isCloseTo(last, within(1e-15));
  }

  private static void assertRates(
      LearningRateSchedule schedule, int stepsPerEpoch, ParityFixture fixture) {
    float[] expected = fixture.values("learning_rates");
    for (int step = 0; step < expected.length; step++) {
      assertThat(schedule.at(step, stepsPerEpoch))
          .as("step %d of %s", step, fixture)
          .isCloseTo(expected[step], within(1e-7));
    }
  }

  @Test
  void plateauIsThatOfKeras() throws IOException {
    ParityFixture fixture = ParityFixture.named("optimizer", "schedule_plateau");
    float[] expected = fixture.values("learning_rates");
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.3, 0.5, 3, 0.001, 0.02);
    List<Double> losses = new ArrayList<>();
    for (int epoch = 0; epoch < expected.length; epoch++) {
      assertThat(schedule.after(losses).at(7, 3))
          .as("epoch %d", epoch)
          .isCloseTo(expected[epoch], within(1e-7));
      losses.add((double) fixture.values("losses")[epoch]);
    }
  }

  @Test
  void fixturesAreOfTheirScriptsAndTheseVersions() throws IOException, GeneralSecurityException {
    for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
      for (ParityFixture fixture : ParityFixture.all(script.getKey())) {
        assertThat(fixture.text("script_sha256"))
            .as("sha256 of %s; write the fixtures again after a change", script.getValue())
            .isEqualTo(ParityFixture.sha256OfScript(script.getValue()));
        assertThat(ParityFixture.requirements()).contains("numpy==" + fixture.text("numpy"));
        if (script.getKey().equals("one_cycle")) {
          assertThat(ParityFixture.requirements()).contains("torch==" + fixture.text("torch"));
        } else {
          assertThat(ParityFixture.requirements())
              .contains(
                  "keras==" + fixture.text("keras"),
                  "tensorflow-cpu==" + fixture.text("tensorflow"));
        }
      }
    }
  }
}
