package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.network.ParityAssertions.assertLossNear;
import static sparkrnn.network.ParityAssertions.assertPredictionsNear;
import static sparkrnn.network.ParityAssertions.assertTensorsNear;
import static sparkrnn.network.ParityAssertions.largestDifference;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.cell.CellType;
import sparkrnn.optim.Adam;
import sparkrnn.parameter.ParameterLayout;

/** Our networks against Keras' numbers, which src/test/python/make_keras_fixtures.py wrote. */
final class KerasParityTest {

  private static final String SCRIPT = "make_keras_fixtures.py";
  private static final List<String> SHAPES =
      List.of(
          "single",
          "stacked",
          "lengths",
          "stacked_lengths",
          "bidirectional",
          "mean",
          "bidirectional_max");

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("keras");
  }

  static Stream<ParityFixture> gatedFixtures() throws IOException {
    return fixtures().stream().filter(fixture -> CellType.named(fixture.text("cell")).gates() > 1);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void predictionsAreThoseOfKeras(ParityFixture fixture) {
    Network network = new Network(fixture.spec());
    float[] parameters = fixture.flat("initial", network.layout());
    assertPredictionsNear(predictions(network, fixture, parameters), fixture.values("predictions"));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void gradientsAreThoseOfKeras(ParityFixture fixture) {
    Network network = new Network(fixture.spec());
    ParameterLayout layout = network.layout();
    float[] gradient = new float[layout.size()];
    addGradient(network, fixture.batch(0), fixture.flat("initial", layout), gradient);
    assertTensorsNear(gradient, fixture.flat("gradient", layout), layout, "gradient");
  }

  /**
   * A fit divides a batch's weighted sum by its share of all weights: where the batch is all the
   * data, by the sum of its weights, which is Keras' reduction "mean_with_sample_weight". Keras'
   * default divides by the number of sequences. Both are one where the weights' mean is one.
   */
  @ParameterizedTest
  @MethodSource("fixtures")
  void lossIsThatOfKerasByBothOfItsReductions(ParityFixture fixture) {
    Network network = new Network(fixture.spec());
    ParityBatch batch = fixture.batch(0);
    float[] parameters = fixture.flat("initial", network.layout());
    double sum = addGradient(network, batch, parameters, new float[parameters.length]);
    int sequences = batch.sequences().sequences();
    assertLossNear(sum / batch.weightSum(), fixture.values("losses")[0], "per weight");
    assertLossNear(sum / sequences, fixture.values("batch_size_loss")[0], "per sequence");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void adamTakesThePathOfKeras(ParityFixture fixture) {
    Network network = new Network(fixture.spec());
    ParameterLayout layout = network.layout();
    float[] parameters = fixture.flat("initial", layout);
    float[] losses = fixture.values("losses");
    double learningRate = Double.parseDouble(fixture.text("learning_rate"));
    int steps = fixture.number("steps");
    assertThat(losses).hasSize(steps + 1);
    Adam adam = new Adam(layout.size());
    for (int step = 0; step <= steps; step++) {
      ParityBatch batch = fixture.batch(Math.min(step, steps - 1));
      float[] gradient = new float[layout.size()];
      double loss = addGradient(network, batch, parameters, gradient) / batch.weightSum();
      assertLossNear(loss, losses[step], "loss after " + step + " steps");
      if (step < steps) {
        adam.step(parameters, gradient, learningRate);
      }
    }
    assertTensorsNear(parameters, fixture.flat("final", layout), layout, "trained value");
  }

  /**
   * The mean over the time steps of two layers of three and five units is so near a constant that
   * swapped gates of the first move no prediction by more than 812 times what is allowed; its
   * gradient tells them apart as those of all others do.
   */
  private static final String NEARLY_CONSTANT = "lstm_mean";

  static Stream<ParityFixture> gatedFixturesOfPredictions() throws IOException {
    return gatedFixtures().filter(fixture -> !fixture.name().equals(NEARLY_CONSTANT));
  }

  /** Fixtures that could not tell gates apart would prove nothing. */
  @ParameterizedTest
  @MethodSource("gatedFixturesOfPredictions")
  void swappedGatesAreFarFromKeras(ParityFixture fixture) {
    Network network = new Network(fixture.spec());
    float[] predictions = predictions(network, fixture, withSwappedGates(network, fixture));
    assertThat(largestDifference(predictions, fixture.values("predictions")))
        .isGreaterThan(1000 * ParityAssertions.ABSOLUTE);
  }

  @ParameterizedTest
  @MethodSource("gatedFixtures")
  void gradientsOfSwappedGatesAreFarFromThoseOfKeras(ParityFixture fixture) {
    Network network = new Network(fixture.spec());
    float[] gradient = new float[network.layout().size()];
    addGradient(network, fixture.batch(0), withSwappedGates(network, fixture), gradient);
    int end = network.layout().tensors().get(0).size();
    float[] kernel = Arrays.copyOf(gradient, end);
    float[] expected = Arrays.copyOf(fixture.flat("gradient", network.layout()), end);
    double largest = largestDifference(expected, new float[end]);
    assertThat(largestDifference(kernel, expected))
        .isGreaterThan(1000 * ParityAssertions.RELATIVE * largest);
  }

  /** The initial parameters, the first two gates of the first kernel changed for each other. */
  private static float[] withSwappedGates(Network network, ParityFixture fixture) {
    float[] parameters = fixture.flat("initial", network.layout());
    ParameterLayout.Tensor kernel = network.layout().tensors().get(0);
    int units = fixture.numbers("units")[0];
    for (int row = 0; row < kernel.shape().get(0); row++) {
      int first = kernel.offset() + row * kernel.shape().get(1);
      for (int i = first; i < first + units; i++) {
        float swapped = parameters[i];
        parameters[i] = parameters[i + units];
        parameters[i + units] = swapped;
      }
    }
    return parameters;
  }

  @Test
  void everyCellAndLossHasItsCases() throws IOException {
    List<String> wanted = new ArrayList<>(List.of("seed"));
    for (String loss : List.of("cross_entropy", "binary")) {
      wanted.addAll(List.of("lstm_" + loss, "lstm_" + loss + "_smoothed"));
    }
    for (CellType type : CellType.values()) {
      if (type == CellType.LAYER_NORM_LSTM) {
        // Keras has no such cell; LayersParityTest has its cases.
        continue;
      }
      for (String activation : type.activations()) {
        String suffix = type.activations().size() > 1 ? "_" + activation : "";
        SHAPES.forEach(shape -> wanted.add(type.tensorPrefix() + suffix + "_" + shape));
      }
    }
    assertThat(fixtures().stream().map(ParityFixture::name))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void fixtureIsOfThisScriptAndTheseVersions(ParityFixture fixture)
      throws IOException, GeneralSecurityException {
    assertThat(fixture.text("script_sha256"))
        .as("sha256 of %s; write the fixtures again after a change of it", SCRIPT)
        .isEqualTo(ParityFixture.sha256OfScript(SCRIPT));
    assertThat(ParityFixture.requirements())
        .contains(
            "keras==" + fixture.text("keras"),
            "tensorflow-cpu==" + fixture.text("tensorflow"),
            "numpy==" + fixture.text("numpy"));
  }

  private static float[] predictions(Network network, ParityFixture fixture, float[] parameters) {
    ParityBatch batch = fixture.batch(0);
    NetworkWorkspace workspace = network.newWorkspace();
    network.forward(workspace, batch.sequences(), batch.x(), parameters);
    return batch.inFixtureOrder(workspace.predictions(), fixture.number("outputs"));
  }

  /** Adds the gradient of the weighted mean of the losses and returns their weighted sum. */
  private static double addGradient(
      Network network, ParityBatch batch, float[] parameters, float[] gradient) {
    return network.addGradient(
        network.newWorkspace(),
        batch.sequences(),
        batch.x(),
        batch.targets(),
        batch.weights(),
        (float) (1 / batch.weightSum()),
        parameters,
        gradient);
  }
}
