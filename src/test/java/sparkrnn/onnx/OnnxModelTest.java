package sparkrnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.loss.LossType;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.NetworkOutputs;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RandomNetworks;
import sparkrnn.network.RecurrentSpec;

/**
 * Networks of every kind in ONNX Runtime: else an exported model gives other answers in a service
 * than it gave in Spark.
 */
class OnnxModelTest {

  private static final double TOLERANCE = 1e-5;
  private static final int NETWORKS = 60;
  private static final int CHAINS = 6;
  private static final int SEQUENCES = 7;
  private static final int LONGEST = 12;

  private record Drawn(long seed, NetworkSpec spec) {
    @Override
    public String toString() {
      return "seed " + seed + ": " + spec;
    }
  }

  /** Every loss with every pooling, then whatever comes. */
  static Stream<Drawn> networks() {
    List<Drawn> drawn = new ArrayList<>();
    long seed = 100;
    for (LossType loss : LossType.values()) {
      for (String pooling : List.of("last", "mean", "max", "attention", "none")) {
        drawn.add(new Drawn(seed, RandomNetworks.spec(seed++, loss, pooling)));
      }
    }
    for (int i = 0; i < CHAINS; i++) {
      drawn.add(
          new Drawn(seed, RandomNetworks.spec(seed++, LossType.SPARSE_CROSS_ENTROPY, "none")));
    }
    for (int i = 0; i < NETWORKS; i++) {
      drawn.add(new Drawn(seed, RandomNetworks.spec(seed++)));
    }
    return drawn.stream();
  }

  /** Else the tests below prove less than they say. */
  @Test
  void networksAreOfEveryKind() {
    List<NetworkSpec> specs = networks().map(Drawn::spec).toList();
    List<RecurrentSpec> layers = specs.stream().flatMap(s -> s.recurrentLayers().stream()).toList();
    for (String cell : List.of("simpleRnn", "lstm", "layerNormLstm", "gru")) {
      assertThat(layers).anyMatch(layer -> layer.cell().equals(cell) && layer.bidirectional());
      assertThat(layers).anyMatch(layer -> layer.cell().equals(cell) && !layer.bidirectional());
      assertThat(layers).anyMatch(layer -> layer.cell().equals(cell) && layer.zoneout() > 0);
    }
    assertThat(layers).anyMatch(layer -> layer.activation().equals("relu"));
    assertThat(layers.stream().filter(RecurrentSpec::residual)).hasSizeGreaterThan(3);
    assertThat(specs.stream().filter(NetworkSpec::crf)).hasSizeGreaterThan(2);
    assertThat(specs).anyMatch(spec -> spec.embeddings().size() > 1);
    assertThat(specs).anyMatch(spec -> spec.recurrentLayers().size() == 3);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void runtimeGivesWhatTheNetworkGives(Drawn drawn) throws Exception {
    NetworkSpec spec = drawn.spec();
    float[] parameters = RandomNetworks.parameters(drawn.seed(), spec);
    float[][][] sequences = RandomNetworks.sequences(drawn.seed(), spec, SEQUENCES, LONGEST);
    NetworkOutputs own = new NetworkOutputs(spec, parameters, sequences);
    Map<String, float[]> found = run(spec, parameters, sequences, 0);
    assertClose("outputs", found.get("outputs"), own.outputs());
    for (String activated : List.of("probabilities", "quantiles", "distribution")) {
      if (found.containsKey(activated)) {
        assertClose(activated, found.get(activated), own.activated());
      }
    }
    if (spec.pooling().equals("attention")) {
      assertClose("attention", found.get("attention"), own.attention());
    }
    if (spec.crf()) {
      assertThat(found.get("transitions")).containsExactly(own.tensor("crf/transitions"));
      assertThat(found.get("start")).containsExactly(own.tensor("crf/start"));
      assertThat(found.get("end")).containsExactly(own.tensor("crf/end"));
    }
    assertThat(found).containsKeys(namesOf(spec));
  }

  private static String[] namesOf(NetworkSpec spec) {
    return switch (LossType.named(spec.loss())) {
      case MSE, MAE, HUBER -> new String[] {"outputs"};
      case CROSS_ENTROPY, SPARSE_CROSS_ENTROPY, BINARY_CROSS_ENTROPY ->
          new String[] {"outputs", spec.crf() ? "transitions" : "probabilities"};
      case PINBALL -> new String[] {"outputs", "quantiles"};
      default -> new String[] {"outputs", "distribution"};
    };
  }

  @ParameterizedTest
  @MethodSource("networks")
  void encoderGivesWhatTheHeadWouldSee(Drawn drawn) throws Exception {
    NetworkSpec spec = drawn.spec();
    float[] parameters = RandomNetworks.parameters(drawn.seed(), spec);
    float[][][] sequences = RandomNetworks.sequences(drawn.seed(), spec, SEQUENCES, LONGEST);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    OnnxModel.writeEncoder(file, spec, parameters, Map.of());
    try (OnnxRun runtime = new OnnxRun(file.toByteArray())) {
      assertClose(
          "encoding",
          runtime.run(sequences, 0).get("encoding"),
          new NetworkOutputs(spec, parameters, sequences).encodings());
    }
  }

  /** Else a service must fill up with zeros without knowing it, or gets answers by its filler. */
  @ParameterizedTest
  @MethodSource("networks")
  void whatIsFilledUpCountsNothing(Drawn drawn) throws Exception {
    NetworkSpec spec = drawn.spec();
    if (!spec.embeddings().isEmpty()) {
      return; // There is no id 7.5.
    }
    float[] parameters = RandomNetworks.parameters(drawn.seed(), spec);
    float[][][] sequences = RandomNetworks.sequences(drawn.seed(), spec, SEQUENCES, LONGEST);
    assertThat(run(spec, parameters, sequences, 7.5f).get("outputs"))
        .containsExactly(run(spec, parameters, sequences, 0).get("outputs"));
  }

  @Test
  void headIsTiedToTheTable() throws Exception {
    NetworkSpec spec =
        new NetworkSpec(
                1,
                List.of(new RecurrentSpec("gru", 6, "tanh", "glorot_uniform", "orthogonal")),
                9,
                "sparseCrossEntropy",
                1,
                "none",
                List.of(new EmbeddingSpec(0, 9, 6)))
            .withHead(true, 0.3);
    float[] parameters = RandomNetworks.parameters(3, spec);
    float[][][] sequences = RandomNetworks.sequences(3, spec, SEQUENCES, LONGEST);
    assertClose(
        "outputs",
        run(spec, parameters, sequences, 0).get("outputs"),
        new NetworkOutputs(spec, parameters, sequences).outputs());
  }

  /** The first example of the README, in one sequence of 1,000 time steps and a batch of one. */
  @Test
  void seedNetworkRunsOverAnyLengthAndBatch() throws Exception {
    NetworkSpec spec =
        new NetworkSpec(
            1,
            List.of(new RecurrentSpec("simpleRnn", 128, "relu", "glorot_uniform", "orthogonal")),
            1,
            "mse",
            1);
    float[] parameters = RandomNetworks.parameters(5, spec);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 0.2f;
    }
    for (int[] shape : new int[][] {{1, 1000}, {1, 1}, {33, 50}}) {
      float[][][] sequences = RandomNetworks.sequences(9, spec, shape[0], shape[1]);
      assertClose(
          "outputs",
          run(spec, parameters, sequences, 0).get("outputs"),
          new NetworkOutputs(spec, parameters, sequences).outputs());
    }
  }

  @Test
  void notesAreKept() throws Exception {
    NetworkSpec spec = RandomNetworks.spec(1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    float[] parameters = RandomNetworks.parameters(1, spec);
    OnnxModel.write(file, spec, parameters, Map.of("labels", "[\"a\",\"\u00e9\"]"));
    try (OnnxRun runtime = new OnnxRun(file.toByteArray())) {
      assertThat(runtime.notes()).containsEntry("labels", "[\"a\",\"\u00e9\"]");
    }
  }

  private static Map<String, float[]> run(
      NetworkSpec spec, float[] parameters, float[][][] sequences, float filler) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    OnnxModel.write(file, spec, parameters, Map.of());
    try (OnnxRun runtime = new OnnxRun(file.toByteArray())) {
      return runtime.run(sequences, filler);
    }
  }

  private static void assertClose(String name, float[] found, float[] expected) {
    assertThat(found).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertThat(Math.abs((double) found[i] - expected[i]))
          .as("%s[%d]: %s for %s", name, i, found[i], expected[i])
          .isLessThanOrEqualTo(allowed);
    }
  }
}
