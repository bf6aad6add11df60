package sparkrnn.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.loss.LossType;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RandomNetworks;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.safetensors.SafetensorsReader;

/** Out and in again: else a network that was tuned elsewhere comes back as another one. */
class FormatsRoundTripTest {

  private static final long DRAWN = 80;

  static Stream<ExpressibleNetworks.Drawn> keras() {
    return ExpressibleNetworks.inKeras(LongStream.range(0, DRAWN));
  }

  static Stream<ExpressibleNetworks.Drawn> pyTorch() {
    return ExpressibleNetworks.inPyTorch(LongStream.range(0, DRAWN));
  }

  static byte[] keras(NetworkSpec spec, float[] parameters) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    KerasWriter.write(file, spec, parameters, Map.of("note", "kept"));
    return file.toByteArray();
  }

  static byte[] stateDict(NetworkSpec spec, float[] parameters) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StateDictWriter.write(file, spec, parameters, Map.of("note", "kept"));
    return file.toByteArray();
  }

  static ImportedNetwork ofStateDict(byte[] file, StateDictReader.Untold untold)
      throws IOException {
    SafetensorsReader reader = SafetensorsReader.open(new ByteArrayInputStream(file), file.length);
    return StateDictReader.read(reader.tensors(), untold);
  }

  @ParameterizedTest
  @MethodSource("keras")
  void kerasFileComesBackAsItWas(ExpressibleNetworks.Drawn drawn) throws IOException {
    NetworkSpec spec = drawn.spec();
    float[] parameters = RandomNetworks.parameters(drawn.seed(), spec);
    ImportedNetwork back = KerasReader.read(keras(spec, parameters));
    assertThat(back.parameters()).containsExactly(parameters);
    assertThat(back.spec().recurrentLayers()).isEqualTo(plain(spec));
    assertThat(back.spec().embeddings()).isEqualTo(spec.embeddings());
    assertThat(back.spec().pooling()).isEqualTo(spec.pooling());
    assertThat(back.spec().inputs()).isEqualTo(spec.inputs());
    String loss =
        switch (LossType.named(spec.loss())) {
          case CROSS_ENTROPY, SPARSE_CROSS_ENTROPY -> "crossEntropy";
          case BINARY_CROSS_ENTROPY -> "binaryCrossEntropy";
          default -> "mse";
        };
    assertThat(back.spec().loss()).isEqualTo(loss);
  }

  /** What a file doesn't say: what is left out in training. */
  private static List<RecurrentSpec> plain(NetworkSpec spec) {
    return spec.recurrentLayers().stream()
        .map(
            layer ->
                new RecurrentSpec(
                        layer.cell(),
                        layer.units(),
                        layer.activation(),
                        "glorot_uniform",
                        "orthogonal",
                        layer.bidirectional(),
                        0,
                        0)
                    .withResidual(layer.residual()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pyTorch")
  void stateDictComesBackAsItWas(ExpressibleNetworks.Drawn drawn) throws IOException {
    NetworkSpec spec = drawn.spec();
    float[] parameters = RandomNetworks.parameters(drawn.seed(), spec);
    StateDictReader.Untold untold =
        new StateDictReader.Untold("tanh", false, spec.pooling(), "mse");
    ImportedNetwork back = ofStateDict(stateDict(spec, parameters), untold);
    assertThat(back.parameters()).containsExactly(parameters);
    assertThat(new Network(back.spec()).shapes()).isEqualTo(new Network(spec).shapes());
    assertThat(back.spec().pooling()).isEqualTo(spec.pooling());
    assertThat(back.spec().crf()).isEqualTo(spec.crf());
  }

  private static NetworkSpec of(RecurrentSpec layer) {
    return new NetworkSpec(2, List.of(layer), 1, "mse", 1);
  }

  private static RecurrentSpec layer(String cell, int units) {
    return new RecurrentSpec(cell, units, "tanh", "glorot_uniform", "orthogonal");
  }

  @Test
  void whatOthersHaveNoLayerForIsRefusedByName() {
    NetworkSpec norm = of(layer("layerNormLstm", 3));
    NetworkSpec zoneout = of(layer("lstm", 3).withZoneout(0.1));
    NetworkSpec crf =
        new NetworkSpec(2, List.of(layer("gru", 3)), 4, "sparseCrossEntropy", 1, "none")
            .withCrf(true);
    NetworkSpec residual = of(layer("gru", 2).withResidual(true));
    assertRefused(norm, "Keras has no LSTM with layer normalization. Export to ONNX.");
    assertRefused(zoneout, "Keras has no zoneout, which is 0.1 here. Export to ONNX.");
    assertRefused(crf, "Keras has no layer for the CRF. Export to ONNX or PyTorch.");
    assertRefused(
        residual,
        "Keras has no layer that takes the last features, which the residual first layer adds to its"
            + " last output. Export to ONNX or PyTorch.");
    assertThatThrownBy(() -> stateDict(norm, RandomNetworks.parameters(1, norm)))
        .isInstanceOf(InexpressibleException.class)
        .hasMessage("PyTorch has no LSTM with layer normalization. Export to ONNX.");
    assertThatThrownBy(() -> stateDict(zoneout, RandomNetworks.parameters(1, zoneout)))
        .hasMessage("PyTorch has no zoneout, which is 0.1 here. Export to ONNX.");
  }

  private static void assertRefused(NetworkSpec spec, String message) {
    assertThatThrownBy(() -> keras(spec, RandomNetworks.parameters(1, spec)))
        .isInstanceOf(InexpressibleException.class)
        .hasMessage(message);
  }
}
