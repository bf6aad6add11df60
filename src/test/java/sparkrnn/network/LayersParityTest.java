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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.optim.Adam;
import sparkrnn.optim.GradientAccumulation;
import sparkrnn.optim.GradientClipping;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.training.Regularization;
import sparkrnn.training.RegularizationSettings;
import sparkrnn.training.RegularizationSettings.Limits;

/** Further layers against Keras' numbers, which src/test/python/make_layers_fixtures.py wrote. */
final class LayersParityTest {

  private static final String SCRIPT = "make_layers_fixtures.py";

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("layers");
  }

  /** What the file says of the network beyond what the other fixtures say. */
  private static NetworkSpec spec(ParityFixture fixture) {
    NetworkSpec plain = fixture.spec();
    boolean residual = Boolean.parseBoolean(fixture.text("residual"));
    List<RecurrentSpec> layers = new ArrayList<>();
    for (int i = 0; i < plain.recurrentLayers().size(); i++) {
      RecurrentSpec layer = plain.recurrentLayers().get(i);
      boolean equal = i > 0 && plain.recurrentLayers().get(i - 1).units() == layer.units();
      layers.add(layer.withResidual(residual && equal));
    }
    return withLayers(plain, layers);
  }

  private static NetworkSpec withLayers(NetworkSpec spec, List<RecurrentSpec> layers) {
    return new NetworkSpec(
        spec.inputs(), layers, spec.outputs(), spec.loss(), spec.huberDelta(), spec.pooling());
  }

  private static float[] predictions(Network network, ParityFixture fixture, float[] parameters) {
    ParityBatch batch = fixture.batch(0);
    NetworkWorkspace workspace = network.newWorkspace();
    network.forward(workspace, batch.sequences(), batch.x(), parameters);
    return batch.inFixtureOrder(workspace.predictions(), fixture.number("outputs"));
  }

  private static Regularization regularization(ParityFixture fixture, Network network) {
    double[] p =
        Arrays.stream(fixture.text("penalties").split(","))
            .mapToDouble(Double::parseDouble)
            .toArray();
    return new Regularization(
        network.layout(),
        new RegularizationSettings(
            new Limits(p[0], p[1], p[2]),
            new Limits(p[3], p[4], p[5]),
            new Limits(p[6], p[7], p[8])));
  }

  /** Adds the gradient of the mean of the losses, with penalties, and returns that mean. */
  private static double addGradient(
      Network network, ParityFixture fixture, float[] parameters, float[] gradient) {
    return addGradient(network, fixture, 1, parameters, gradient);
  }

  private static double addGradient(
      Network network,
      ParityFixture fixture,
      int targetFactor,
      float[] parameters,
      float[] gradient) {
    ParityBatch batch = fixture.batch(0);
    float[] targets = batch.targets().clone();
    for (int i = 0; i < targets.length; i++) {
      targets[i] *= targetFactor;
    }
    double sum =
        network.addGradient(
            network.newWorkspace(),
            batch.sequences(),
            batch.x(),
            targets,
            batch.weights(),
            (float) (1 / batch.weightSum()),
            parameters,
            gradient);
    double penalty = regularization(fixture, network).addGradient(parameters, gradient);
    return sum / batch.weightSum() + penalty;
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void predictionsAreThoseOfKeras(ParityFixture fixture) {
    Network network = new Network(spec(fixture));
    float[] parameters = fixture.flat("initial", network.layout());
    assertPredictionsNear(predictions(network, fixture, parameters), fixture.values("predictions"));
  }

  static Stream<ParityFixture> fixturesOfLayers() throws IOException {
    return fixtures().stream()
        .filter(fixture -> !fixture.name().matches("penalties.*|accumulation|layer_norm.*"));
  }

  /** A fixture that the plain layers fulfil, or a plain mean, would prove nothing. */
  @ParameterizedTest
  @MethodSource("fixturesOfLayers")
  void plainLayersAreFarFromKeras(ParityFixture fixture) {
    Network plain = new Network(fixture.spec());
    float[] parameters = fixture.flat("initial", plain.layout());
    if (fixture.text("pooling").equals("attention")) {
      ParameterLayout.Tensor query = plain.layout().tensor("attention_pooling/query");
      Arrays.fill(parameters, query.offset(), query.offset() + query.size(), 0f);
    }
    float[] predictions = predictions(plain, fixture, parameters);
    assertThat(largestDifference(predictions, fixture.values("predictions")))
        .isGreaterThan(1000 * ParityAssertions.ABSOLUTE);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void gradientsAreThoseOfKeras(ParityFixture fixture) {
    Network network = new Network(spec(fixture));
    ParameterLayout layout = network.layout();
    float[] gradient = new float[layout.size()];
    addGradient(network, fixture, fixture.flat("initial", layout), gradient);
    assertTensorsNear(gradient, fixture.flat("gradient", layout), layout, "gradient");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void adamTakesThePathOfKeras(ParityFixture fixture) {
    Network network = new Network(spec(fixture));
    ParameterLayout layout = network.layout();
    float[] parameters = fixture.flat("initial", layout);
    float[] losses = fixture.values("losses");
    double learningRate = Double.parseDouble(fixture.text("learning_rate"));
    int steps = fixture.number("steps");
    assertThat(losses).hasSize(steps + 1);
    Adam adam = new Adam(layout.size());
    int accumulationSteps = fixture.number("accumulation_steps");
    GradientAccumulation accumulation = new GradientAccumulation(accumulationSteps, layout.size());
    GradientClipping clipping =
        GradientClipping.of(
            "globalNorm",
            Double.parseDouble(fixture.text("global_clipnorm")),
            new int[] {0, layout.size()});
    for (int step = 0; step <= steps; step++) {
      float[] gradient = new float[layout.size()];
      int targetFactor = accumulationSteps > 1 && step < steps ? 1 + step % 4 : 1;
      double loss = addGradient(network, fixture, targetFactor, parameters, gradient);
      assertLossNear(loss, losses[step], "loss after " + step + " steps");
      if (step < steps && accumulation.complete(step, gradient)) {
        clipping.clip(gradient);
        adam.step(parameters, gradient, learningRate);
        regularization(fixture, network).limit(parameters);
      }
    }
    assertTensorsNear(parameters, fixture.flat("final", layout), layout, "trained value");
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
}
