package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.network.ParityAssertions.assertLossNear;
import static sparkrnn.network.ParityAssertions.assertPredictionsNear;
import static sparkrnn.network.ParityAssertions.assertTensorsNear;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.parameter.ParameterLayout;

/**
 * Our networks against PyTorch's numbers for the networks and sequences of the Keras fixtures,
 * which src/test/python/make_pytorch_fixtures.py wrote.
 */
final class PyTorchWitnessTest {

  private static final String SCRIPT = "make_pytorch_fixtures.py";

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("pytorch");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void predictionsLossAndGradientsAreThoseOfPyTorch(ParityFixture fixture) throws IOException {
    ParityFixture keras = ParityFixture.named("keras", fixture.name());
    Network network = new Network(keras.spec());
    ParameterLayout layout = network.layout();
    ParityBatch batch = keras.batch(0);
    NetworkWorkspace workspace = network.newWorkspace();
    float[] gradient = new float[layout.size()];
    double sum =
        network.addGradient(
            workspace,
            batch.sequences(),
            batch.x(),
            batch.targets(),
            batch.weights(),
            (float) (1 / batch.weightSum()),
            keras.flat("initial", layout),
            gradient);
    assertPredictionsNear(
        batch.inFixtureOrder(workspace.predictions(), keras.number("outputs")),
        fixture.values("predictions"));
    assertLossNear(sum / batch.weightSum(), fixture.values("loss")[0], "loss");
    assertTensorsNear(gradient, fixture.flat("gradient", layout), layout, "gradient");
  }

  @Test
  void everyKerasFixtureHasItsWitness() throws IOException {
    assertThat(fixtures().stream().map(ParityFixture::name))
        .containsExactlyElementsOf(
            ParityFixture.all("keras").stream().map(ParityFixture::name).toList());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void fixtureIsOfThisScriptTheseVersionsAndThisKerasFixture(ParityFixture fixture)
      throws IOException, GeneralSecurityException {
    assertThat(fixture.text("script_sha256"))
        .as("sha256 of %s; write the fixtures again after a change of it", SCRIPT)
        .isEqualTo(ParityFixture.sha256OfScript(SCRIPT));
    assertThat(fixture.text("keras_fixture_sha256"))
        .as("sha256 of the Keras fixture; write these fixtures again after those of Keras")
        .isEqualTo(ParityFixture.named("keras", fixture.name()).sha256());
    assertThat(ParityFixture.requirements())
        .contains("torch==" + fixture.text("torch"), "numpy==" + fixture.text("numpy"));
  }
}
