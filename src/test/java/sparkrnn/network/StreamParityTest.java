package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.network.ParityAssertions.assertLossNear;
import static sparkrnn.network.ParityAssertions.assertPredictionsNear;
import static sparkrnn.network.ParityAssertions.assertTensorsNear;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/**
 * Streams read piece by piece against PyTorch's numbers, which
 * src/test/python/make_language_fixtures.py wrote.
 */
final class StreamParityTest {

  private static final String SCRIPT = "make_language_fixtures.py";

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("language");
  }

  /** The training of one fixture, as the script says. */
  private static final class Training {
    final ParityFixture fixture;
    final Network network;
    final NetworkWorkspace workspace;
    final float[] parameters;
    final float[] gradient;
    final int lanes;
    final float[] state;
    int steps;

    Training(ParityFixture fixture) {
      this.fixture = fixture;
      int vocabulary = fixture.number("vocabulary");
      RecurrentSpec[] layers =
          Arrays.stream(fixture.numbers("units"))
              .mapToObj(units -> Specs.layer(fixture.text("cell"), units))
              .toArray(RecurrentSpec[]::new);
      network =
          new Network(
              Specs.network(1, vocabulary, "sparseCrossEntropy", layers)
                  .withPooling("none")
                  .withEmbeddings(
                      List.of(new EmbeddingSpec(0, vocabulary, fixture.number("embedding"))))
                  .withHead(Boolean.parseBoolean(fixture.text("tied")), 0));
      workspace = network.newWorkspace();
      parameters = fixture.flat("initial", network.layout());
      gradient = new float[parameters.length];
      lanes = fixture.number("lanes");
      state = new float[lanes * network.stateSize()];
    }

    /** The values of a piece, time step by time step. */
    private float[] piece(String name, int from, int length) {
      float[] values = fixture.values(name);
      float[] piece = new float[lanes * length];
      for (int t = 0; t < length; t++) {
        for (int lane = 0; lane < lanes; lane++) {
          piece[t * lanes + lane] = values[lane * fixture.number("steps") + from + t];
        }
      }
      return piece;
    }

    /** Leaves the gradient of a piece and the state after it; returns the loss. */
    double run(int from, int length) {
      int[] lengths = new int[lanes];
      Arrays.fill(lengths, length);
      Arrays.fill(gradient, 0f);
      float[] weights = new float[lanes * length];
      Arrays.fill(weights, 1f);
      network.setStates(workspace, lanes, state, 0);
      double sum =
          network.addGradient(
              workspace,
              PackedSequences.of(lengths),
              piece("x", from, length),
              piece("targets", from, length),
              weights,
              1f / weights.length,
              parameters,
              gradient);
      network.copyStates(workspace, lanes, state, 0);
      steps++;
      return sum / weights.length;
    }

    void descend() {
      float rate = Float.parseFloat(fixture.text("learning_rate"));
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] -= rate * gradient[i];
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void trainingTakesThePathOfPyTorch(ParityFixture fixture) {
    Training training = new Training(fixture);
    ParameterLayout layout = training.network.layout();
    float[] losses = fixture.values("losses");
    int length = fixture.number("bptt_length");
    int steps = fixture.number("steps");
    for (int epoch = 0; epoch < fixture.number("epochs"); epoch++) {
      Arrays.fill(training.state, 0f);
      for (int from = 0; from < steps; from += length) {
        double loss = training.run(from, Math.min(length, steps - from));
        assertLossNear(loss, losses[training.steps - 1], "loss of step " + training.steps);
        if (training.steps == 2) {
          float[] expected = fixture.flat("gradient", layout);
          assertTensorsNear(training.gradient, expected, layout, "gradient");
        }
        training.descend();
      }
    }
    assertThat(losses).hasSize(training.steps);
    assertTensorsNear(training.parameters, fixture.flat("final", layout), layout, "trained value");
    assertPredictionsNear(training.state, fixture.values("state"));
    assertPredictionsNear(outputsOfTheLastPiece(training), fixture.values("outputs"));
  }

  /** (lanes, time steps, vocabulary). */
  private static float[] outputsOfTheLastPiece(Training training) {
    float[] predictions = training.workspace.predictions();
    int vocabulary = training.fixture.number("vocabulary");
    int steps = training.fixture.values("outputs").length / (training.lanes * vocabulary);
    float[] outputs = new float[training.lanes * steps * vocabulary];
    for (int row = 0; row < training.lanes * steps; row++) {
      int to = (row % training.lanes * steps + row / training.lanes) * vocabulary;
      System.arraycopy(predictions, row * vocabulary, outputs, to, vocabulary);
    }
    return outputs;
  }

  /**
   * A fixture that a state of zeros fulfils too would prove nothing: its loss must be out of what
   * the test of losses lets pass.
   */
  @ParameterizedTest
  @MethodSource("fixtures")
  void secondStepNeedsTheStateOfTheFirst(ParityFixture fixture) {
    Training training = new Training(fixture);
    int length = fixture.number("bptt_length");
    training.run(0, length);
    training.descend();
    Arrays.fill(training.state, 0f);
    double loss = training.run(length, length);
    assertThat(Math.abs(loss / fixture.values("losses")[1] - 1))
        .isGreaterThan(2 * ParityAssertions.RELATIVE);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void fixtureIsOfThisScriptAndTheseVersions(ParityFixture fixture)
      throws IOException, GeneralSecurityException {
    assertThat(fixture.text("script_sha256"))
        .as("sha256 of %s; write the fixtures again after a change of it", SCRIPT)
        .isEqualTo(ParityFixture.sha256OfScript(SCRIPT));
    assertThat(ParityFixture.requirements())
        .contains("torch==" + fixture.text("torch"), "numpy==" + fixture.text("numpy"));
  }
}
