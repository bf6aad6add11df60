package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sparkrnn.parameter.ParameterLayout.Tensor;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.training.BreezeQr;

/** The one flat array: what stands where in it, how it begins, and that its length is checked. */
class NetworkParametersTest {

  private static final Network NETWORK =
      new Network(network(3, 2, "mse", layer("lstm", 5), layer("gru", 4), layer("simpleRnn", 6)));

  private static float[] initial(long seed) {
    return NETWORK.initialParameters(seed, new BreezeQr());
  }

  private static float[] initial(long seed, String name) {
    Tensor tensor = NETWORK.layout().tensor(name);
    return Arrays.copyOfRange(initial(seed), tensor.offset(), tensor.offset() + tensor.size());
  }

  @Test
  void layoutHasKerasNamesAndShapesInOrder() {
    assertThat(NETWORK.layout().tensors())
        .containsExactly(
            new Tensor("lstm_0/kernel", List.of(3, 20), 0),
            new Tensor("lstm_0/recurrent_kernel", List.of(5, 20), 60),
            new Tensor("lstm_0/bias", List.of(20), 160),
            new Tensor("gru_1/kernel", List.of(5, 12), 180),
            new Tensor("gru_1/recurrent_kernel", List.of(4, 12), 240),
            new Tensor("gru_1/bias", List.of(2, 12), 288),
            new Tensor("simple_rnn_2/kernel", List.of(4, 6), 312),
            new Tensor("simple_rnn_2/recurrent_kernel", List.of(6, 6), 336),
            new Tensor("simple_rnn_2/bias", List.of(6), 372),
            new Tensor("dense/kernel", List.of(6, 2), 378),
            new Tensor("dense/bias", List.of(2), 390));
    assertThat(NETWORK.layout().size()).isEqualTo(392);
  }

  @Test
  void bothDirectionsHaveTheirOwnParameters() {
    Network network = new Network(network(3, 1, "mse", bidirectional("lstm", 2), layer("gru", 5)));
    assertThat(network.layout().tensors())
        .containsExactly(
            new Tensor("bidirectional_0/forward_lstm/kernel", List.of(3, 8), 0),
            new Tensor("bidirectional_0/forward_lstm/recurrent_kernel", List.of(2, 8), 24),
            new Tensor("bidirectional_0/forward_lstm/bias", List.of(8), 40),
            new Tensor("bidirectional_0/backward_lstm/kernel", List.of(3, 8), 48),
            new Tensor("bidirectional_0/backward_lstm/recurrent_kernel", List.of(2, 8), 72),
            new Tensor("bidirectional_0/backward_lstm/bias", List.of(8), 88),
            new Tensor("gru_1/kernel", List.of(4, 15), 96),
            new Tensor("gru_1/recurrent_kernel", List.of(5, 15), 156),
            new Tensor("gru_1/bias", List.of(2, 15), 231),
            new Tensor("dense/kernel", List.of(5, 1), 261),
            new Tensor("dense/bias", List.of(1), 266));
    float[] flat = network.initialParameters(7, new BreezeQr());
    assertThat(Arrays.copyOfRange(flat, 40, 48)).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
    assertThat(Arrays.copyOfRange(flat, 88, 96)).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
    assertThat(Arrays.copyOfRange(flat, 48, 72))
        .doesNotContain(Arrays.copyOfRange(flat, 0, 24))
        .doesNotContain(0f);
  }

  @Test
  void biasesBeginAtZeroButForTheForgetGate() {
    float[] lstm = new float[20];
    Arrays.fill(lstm, 5, 10, 1f);
    assertThat(initial(7, "lstm_0/bias")).containsExactly(lstm);
    assertThat(initial(7, "gru_1/bias")).containsOnly(0f);
    assertThat(initial(7, "simple_rnn_2/bias")).containsOnly(0f);
    assertThat(initial(7, "dense/bias")).containsOnly(0f);
  }

  @Test
  void kernelsBeginGlorotUniformOverAllGates() {
    assertWithin(initial(7, "lstm_0/kernel"), Math.sqrt(6.0 / (3 + 20)));
    assertWithin(initial(7, "gru_1/kernel"), Math.sqrt(6.0 / (5 + 12)));
    assertWithin(initial(7, "simple_rnn_2/kernel"), Math.sqrt(6.0 / (4 + 6)));
    assertWithin(initial(7, "dense/kernel"), Math.sqrt(6.0 / (6 + 2)));
  }

  private static void assertWithin(float[] values, double limit) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isBetween(0.7 * limit, 1.000001 * limit);
  }

  @Test
  void sameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    assertThat(initial(7)).containsExactly(initial(7));
    assertThat(initial(7, "dense/kernel")).doesNotContain(initial(8, "dense/kernel"));
    assertThat(initial(7, "gru_1/recurrent_kernel"))
        .doesNotContain(initial(8, "gru_1/recurrent_kernel"));
  }

  @Test
  void tensorsOfOneSeedHaveNoNumberInCommon() {
    Network twins = new Network(network(4, 1, "mse", layer("gru", 4), layer("gru", 4)));
    float[] flat = twins.initialParameters(7, new BreezeQr());
    Tensor first = twins.layout().tensor("gru_0/kernel");
    Tensor second = twins.layout().tensor("gru_1/kernel");
    assertThat(second.size()).isEqualTo(first.size());
    assertThat(Arrays.copyOfRange(flat, first.offset(), first.offset() + first.size()))
        .doesNotContain(Arrays.copyOfRange(flat, second.offset(), second.offset() + second.size()));
  }

  @Test
  void otherInitializersAreUsedWhereTheSpecNamesThem() {
    RecurrentSpec irnn = new RecurrentSpec("simpleRnn", 3, "relu", "ones", "identity");
    float[] flat = new Network(network(2, 1, "mse", irnn)).initialParameters(1, new BreezeQr());
    assertThat(Arrays.copyOf(flat, 15))
        .containsExactly(1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void arraysThatAreTooShortAreNamed() {
    assertRefused(9, 4, 2, 391, 392, "Network: parameters has length 391; the layout needs 392.");
    assertRefused(9, 4, 2, 392, 391, "Network: gradient has length 391; the layout needs 392.");
    assertRefused(
        9, 3, 2, 392, 392, "Network: targets has length 3; 2 sequences of 2 targets need 4.");
    assertRefused(9, 4, 1, 392, 392, "Network: weights has length 1; 2 sequences need 2.");
    assertRefused(8, 4, 2, 392, 392, "x has 8 elements; its shape (3, 3) needs 9.");
  }

  private static void assertRefused(
      int x, int targets, int weights, int parameters, int gradient, String message) {
    float[] sum = new float[gradient];
    assertThatThrownBy(
            () ->
                NETWORK.addGradient(
                    NETWORK.newWorkspace(),
                    PackedSequences.of(2, 1),
                    new float[x],
                    new float[targets],
                    new float[weights],
                    1,
                    new float[parameters],
                    sum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(sum).containsOnly(0f);
  }

  @Test
  void lossChecksLengthsToo() {
    NetworkWorkspace workspace = NETWORK.newWorkspace();
    PackedSequences sequences = PackedSequences.of(2, 1);
    NETWORK.forward(workspace, sequences, new float[9], initial(7));
    assertThatThrownBy(() -> NETWORK.loss(workspace, sequences, new float[3], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Network: targets has length 3; 2 sequences of 2 targets need 4.");
  }
}
