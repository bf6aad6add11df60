package sparkrnn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.network.ParityFixture;

/**
 * Our losses of quantiles and likelihoods against torch.distributions and autograd, which
 * make_likelihood_fixtures.py in src/test/python wrote.
 */
final class LikelihoodParityTest {

  private static final String SCRIPT = "make_likelihood_fixtures.py";

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("likelihood");
  }

  private static Loss loss(ParityFixture fixture) {
    List<Double> quantiles =
        Arrays.stream(fixture.text("quantiles").split(","))
            .filter(text -> !text.isEmpty())
            .map(Double::valueOf)
            .toList();
    return LossType.named(fixture.text("loss")).create(new LossOptions(1, quantiles));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void lossesAreThoseOfPyTorch(ParityFixture fixture) {
    Loss loss = loss(fixture);
    int outputs = Integer.parseInt(fixture.text("outputs"));
    int width = loss.targets(outputs);
    float[] expected = fixture.values("losses");
    for (int s = 0; s < expected.length; s++) {
      double found =
          loss.weightedSum(
              Arrays.copyOfRange(fixture.values("predictions"), s * outputs, (s + 1) * outputs),
              Arrays.copyOfRange(fixture.values("targets"), s * width, (s + 1) * width),
              new float[] {1},
              1,
              outputs);
      assertThat(found)
          .as("sequence %d", s)
          .isCloseTo(expected[s], within(1e-6 * Math.max(1, Math.abs(found))));
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void gradientsAreThoseOfPyTorch(ParityFixture fixture) {
    Loss loss = loss(fixture);
    int outputs = Integer.parseInt(fixture.text("outputs"));
    float[] expected = fixture.values("gradient");
    int sequences = expected.length / outputs;
    float[] ones = new float[sequences];
    Arrays.fill(ones, 1);
    float[] gradient = new float[expected.length];
    loss.writeGradient(
        gradient,
        fixture.values("predictions"),
        fixture.values("targets"),
        ones,
        1,
        sequences,
        outputs);
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[i])
          .as("output %d of sequence %d", i % outputs, i / outputs)
          .isCloseTo(expected[i], within(1e-6f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void activationsAreThoseOfPyTorch(ParityFixture fixture) {
    int outputs = Integer.parseInt(fixture.text("outputs"));
    float[] predictions = fixture.values("predictions");
    float[] expected = fixture.values("activated");
    for (int s = 0; s < predictions.length / outputs; s++) {
      double[] row = new double[outputs];
      for (int i = 0; i < outputs; i++) {
        row[i] = predictions[s * outputs + i];
      }
      loss(fixture).activate(row);
      for (int i = 0; i < outputs; i++) {
        double wanted = expected[s * outputs + i];
        assertThat(row[i]).isCloseTo(wanted, within(1e-6 * Math.max(1, Math.abs(wanted))));
      }
    }
  }

  @Test
  void everyLossOfItsOwnOutputsHasItsFixture() throws IOException {
    assertThat(fixtures().stream().map(fixture -> fixture.text("loss")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(LossType.values())
                .filter(
                    type -> type.create(new LossOptions(1, List.of(0.5))) instanceof PerTargetLoss)
                .map(LossType::specName)
                .toList());
  }

  @Test
  void fixturesAreOfTheScriptAndTheseVersions() throws IOException, GeneralSecurityException {
    for (ParityFixture fixture : fixtures()) {
      assertThat(fixture.text("script_sha256"))
          .as("sha256 of %s; write the fixtures again after a change", SCRIPT)
          .isEqualTo(ParityFixture.sha256OfScript(SCRIPT));
      assertThat(ParityFixture.requirements())
          .contains("numpy==" + fixture.text("numpy"), "torch==" + fixture.text("torch"));
    }
  }
}
