package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.dropping;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;
import static sparkrnn.network.Specs.pooled;
import static sparkrnn.network.Specs.residual;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkSpecValidationTest {

  private static void assertRefused(NetworkSpec spec, String message) {
    assertThatThrownBy(() -> new Network(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void inputsBelowOne() {
    assertRefused(
        network(0, 1, "mse", layer("lstm", 4)), "NetworkSpec: inputs is 0; it must be at least 1.");
  }

  @Test
  void outputsBelowOne() {
    assertRefused(
        network(1, -2, "mse", layer("lstm", 4)),
        "NetworkSpec: outputs is -2; it must be at least 1.");
  }

  @Test
  void noRecurrentLayer() {
    assertRefused(
        network(1, 1, "mse"), "NetworkSpec: recurrentLayers is empty; there must be at least one.");
  }

  @Test
  void unknownLoss() {
    assertRefused(
        network(1, 1, "rmse", layer("lstm", 4)),
        "NetworkSpec: loss is \"rmse\"; it must be one of \"mse\", \"mae\", \"huber\", \"crossEntropy\", \"sparseCrossEntropy\", \"binaryCrossEntropy\", \"pinball\", \"gaussian\", \"studentT\", \"poisson\", \"negativeBinomial\".");
  }

  @Test
  void huberDeltaNotAboveZero() {
    assertRefused(
        new NetworkSpec(1, List.of(layer("lstm", 4)), 1, "huber", 0),
        "NetworkSpec: huberDelta is 0.0; it must be finite and above 0.");
  }

  @Test
  void quantilesThatPinballCanNotTake() {
    NetworkSpec spec = network(1, 1, "pinball", layer("lstm", 4)).withQuantiles(List.of(0.9, 0.1));
    assertRefused(
        spec,
        "NetworkSpec: quantiles is [0.9, 0.1]; there must be at least one, each above 0 and below 1,"
            + " in increasing order.");
  }

  @Test
  void outputsThatAreNoMultipleOfThoseForATarget() {
    assertRefused(
        network(1, 7, "gaussian", layer("lstm", 4)),
        "NetworkSpec: outputs is 7 and loss is \"gaussian\"; it must be a multiple of 2, the outputs"
            + " for each target.");
  }

  @Test
  void rowOfTargetsIsAsWideAsTheLossSays() {
    assertThat(new Network(network(1, 6, "studentT", layer("lstm", 4))).targets()).isEqualTo(2);
    assertThat(new Network(network(1, 3, "poisson", layer("lstm", 4))).targets()).isEqualTo(6);
    assertThat(new Network(network(1, 3, "mse", layer("lstm", 4))).targets()).isEqualTo(3);
  }

  @Test
  void unknownPooling() {
    assertRefused(
        pooled("average", network(1, 1, "mse", layer("lstm", 4))),
        "NetworkSpec: pooling is \"average\"; it must be one of \"last\", \"mean\", \"max\","
            + " \"none\", \"attention\".");
  }

  @Test
  void unknownCell() {
    assertRefused(
        network(1, 1, "mse", layer("GRU", 4)),
        "RecurrentSpec: cell is \"GRU\"; it must be one of \"simpleRnn\", \"lstm\","
            + " \"layerNormLstm\", \"gru\".");
  }

  @Test
  void unitsBelowOneInAnyLayer() {
    assertRefused(
        network(1, 1, "mse", layer("lstm", 4), layer("lstm", 0)),
        "RecurrentSpec: units is 0; it must be at least 1.");
  }

  @Test
  void activationThatTheCellDoesNotHave() {
    assertRefused(
        network(1, 1, "mse", layer("lstm", 4, "relu")),
        "RecurrentSpec: activation is \"relu\" and cell is \"lstm\"; for this cell it must be"
            + " \"tanh\".");
    assertRefused(
        network(1, 1, "mse", layer("simpleRnn", 4, "gelu")),
        "RecurrentSpec: activation is \"gelu\" and cell is \"simpleRnn\"; for this cell it must be"
            + " \"tanh\" or \"relu\".");
  }

  @Test
  void dropoutThatIsNoShare() {
    assertRefused(
        network(1, 1, "mse", dropping(1, 0, layer("lstm", 4))),
        "RecurrentSpec: dropout is 1.0; it must be at least 0 and below 1.");
    assertRefused(
        network(1, 1, "mse", dropping(0, Double.NaN, layer("lstm", 4))),
        "RecurrentSpec: recurrentDropout is NaN; it must be at least 0 and below 1.");
    assertRefused(
        network(1, 1, "mse", layer("lstm", 4).withZoneout(-0.1)),
        "RecurrentSpec: zoneout is -0.1; it must be at least 0 and below 1.");
    assertRefused(
        network(1, 1, "mse", layer("lstm", 4).withRecurrentWeightDrop(1.5)),
        "RecurrentSpec: recurrentWeightDrop is 1.5; it must be at least 0 and below 1.");
  }

  @Test
  void residualLayerOfAnotherWidthThanItsInputs() {
    assertRefused(
        network(3, 1, "mse", layer("lstm", 4), residual(layer("lstm", 5))),
        "RecurrentSpec: residual is true and the layer has 4 inputs and 5 outputs; a layer that"
            + " adds both needs as many.");
    assertRefused(
        network(4, 1, "mse", residual(bidirectional("lstm", 4))),
        "RecurrentSpec: residual is true and the layer has 4 inputs and 8 outputs; a layer that"
            + " adds both needs as many.");
  }

  private static final String INITIALIZERS =
      "\"glorot_uniform\", \"glorot_normal\", \"he_uniform\", \"he_normal\","
          + " \"lecun_uniform\", \"lecun_normal\", \"orthogonal\", \"identity\", \"zeros\","
          + " \"ones\", \"random_uniform\", \"random_normal\", \"truncated_normal\"";

  @Test
  void unknownInitializers() {
    assertRefused(
        network(1, 1, "mse", new RecurrentSpec("gru", 4, "tanh", "xavier", "orthogonal")),
        "RecurrentSpec: kernelInitializer is \"xavier\"; it must be one of " + INITIALIZERS + ".");
    assertRefused(
        network(1, 1, "mse", new RecurrentSpec("gru", 4, "tanh", "zeros", "Orthogonal")),
        "RecurrentSpec: recurrentInitializer is \"Orthogonal\"; it must be one of "
            + INITIALIZERS
            + ".");
  }

  @Test
  void moreParametersThanAnArrayHolds() {
    String message =
        "NetworkSpec: there are more parameters than one array holds, 2147483647. Lower units.";
    assertRefused(network(1, 1, "mse", layer("lstm", 30_000)), message);
    assertRefused(network(1, 1, "mse", layer("gru", Integer.MAX_VALUE)), message);
    assertRefused(network(1, 1, "mse", bidirectional("simpleRnn", 32_767)), message);
    assertRefused(
        network(1, 1, "mse", layer("simpleRnn", 40_000), layer("simpleRnn", 20_000)), message);
  }

  @Test
  void tiedWeightsNeedATableAsWideAsTheLastLayer() {
    NetworkSpec spec = network(1, 3, "sparseCrossEntropy", layer("lstm", 4)).withHead(true, 0);
    String needed =
        "; the first must be EmbeddingSpec[feature=0, vocabularySize=3, size=4], as wide as the last"
            + " layer and with an id for each output.";
    assertRefused(spec, "NetworkSpec: tiedWeights is true and embeddings is []" + needed);
    assertRefused(
        spec.withEmbeddings(List.of(new EmbeddingSpec(0, 3, 5))),
        "NetworkSpec: tiedWeights is true and embeddings is"
            + " [EmbeddingSpec[feature=0, vocabularySize=3, size=5]]"
            + needed);
    assertThat(
            new Network(spec.withEmbeddings(List.of(new EmbeddingSpec(0, 3, 4))))
                .layout()
                .tensors())
        .extracting(tensor -> tensor.name())
        .contains("dense/bias")
        .doesNotContain("dense/kernel");
  }

  @Test
  void outputDropoutOutOfRange() {
    assertRefused(
        network(1, 1, "mse", layer("lstm", 4)).withHead(false, 1),
        "NetworkSpec: outputDropout is 1.0; it must be at least 0 and below 1.");
  }

  @Test
  void listOfLayersIsCopied() {
    List<RecurrentSpec> layers = new ArrayList<>(List.of(layer("lstm", 4)));
    NetworkSpec spec = new NetworkSpec(1, layers, 1, "mse", 1);
    layers.clear();
    assertThat(spec.recurrentLayers()).containsExactly(layer("lstm", 4));
  }
}
