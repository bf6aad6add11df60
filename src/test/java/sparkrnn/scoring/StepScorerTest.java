package sparkrnn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RandomNetworks;
import sparkrnn.network.RecurrentSpec;

/** One time step at a time: else a stream is answered otherwise than its whole history would be. */
class StepScorerTest {

  private static final double TOLERANCE = 2e-6;
  private static final long SEED = 11;

  private static RecurrentSpec layer(String cell, int units) {
    return new RecurrentSpec(cell, units, "tanh", "glorot_uniform", "orthogonal");
  }

  /** Two layers, one feature an id, four classes. */
  private static NetworkSpec spec(String cell, String pooling) {
    List<RecurrentSpec> layers =
        List.of(layer(cell, 7).withZoneout(0.1), layer("gru", 7).withResidual(true));
    return new NetworkSpec(3, layers, 4, "crossEntropy", 1, pooling)
        .withEmbeddings(List.of(new EmbeddingSpec(1, 5, 2)));
  }

  private static LocalScorer scorer(NetworkSpec spec) {
    return LocalScorer.of(spec, RandomNetworks.parameters(SEED, spec), List.of("a", "b", "c", "d"));
  }

  private static float[][] sequence(NetworkSpec spec) {
    float[][][] drawn = RandomNetworks.sequences(SEED, spec, 4, 30);
    return Arrays.stream(drawn).flatMap(Arrays::stream).toArray(float[][]::new);
  }

  static Stream<Arguments> networks() {
    return Stream.of("simpleRnn", "lstm", "layerNormLstm", "gru")
        .flatMap(
            cell ->
                Stream.of("last", "mean", "max", "none")
                    .map(pooling -> Arguments.of(cell, pooling)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachStepIsTheScoreOfTheWholeSequenceSoFar(String cell, String pooling) {
    NetworkSpec spec = spec(cell, pooling);
    LocalScorer scorer = scorer(spec);
    StepScorer steps = scorer.steps();
    float[][] sequence = sequence(spec);
    assertThat(sequence.length).isGreaterThan(20);
    float[] state = steps.newState();
    for (int t = 0; t < sequence.length; t++) {
      float[][] soFar = Arrays.copyOf(sequence, t + 1);
      double[] expected =
          pooling.equals("none") ? scorer.predictTimeSteps(soFar)[t] : scorer.predict(soFar);
      assertThat(steps.step(sequence[t], state))
          .as("time step %d", t)
          .containsExactly(expected, within(TOLERANCE));
    }
  }

  /** Two meters of one service must not see each other's past. */
  @Test
  void statesOfTwoSequencesAreApart() {
    NetworkSpec spec = spec("lstm", "mean");
    StepScorer steps = scorer(spec).steps();
    float[][] sequence = sequence(spec);
    float[] alone = steps.newState();
    double[][] expected =
        Arrays.stream(sequence).map(x -> steps.step(x, alone)).toArray(double[][]::new);
    float[] one = steps.newState();
    float[] other = steps.newState();
    for (int t = 0; t < sequence.length; t++) {
      assertThat(steps.step(sequence[t], one)).containsExactly(expected[t]);
      steps.step(sequence[sequence.length - 1 - t], other);
    }
    assertThat(one).isEqualTo(alone).isNotEqualTo(other);
  }

  @Test
  void encoderGivesTheVectorSoFar() {
    NetworkSpec spec = spec("gru", "max");
    LocalScorer encoder = LocalScorer.ofEncoder(spec, RandomNetworks.parameters(SEED, spec));
    StepScorer steps = encoder.steps();
    float[] state = steps.newState();
    float[][] sequence = sequence(spec);
    double[] last = null;
    for (float[] timeStep : sequence) {
      last = steps.step(timeStep, state);
    }
    assertThat(last).containsExactly(encoder.predict(sequence), within(TOLERANCE));
  }

  /** Executors get what their tasks hold in this way. */
  @Test
  void scorerGoesToAnotherJvm() throws Exception {
    NetworkSpec spec = spec("lstm", "last");
    LocalScorer scorer = scorer(spec);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(scorer);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      LocalScorer read = (LocalScorer) in.readObject();
      assertThat(read.labels()).isEqualTo(scorer.labels());
      assertThat(read.predict(sequence(spec))).containsExactly(scorer.predict(sequence(spec)));
    }
  }

  @Test
  void networksThatCanNotGoOnSayWhy() {
    String advice =
        "; a network can go on step by step only from what it has read. Train it with bidirectional"
            + " false, crf false and a pooling of \"last\", \"mean\" or \"max\", or score whole"
            + " sequences.";
    RecurrentSpec both =
        new RecurrentSpec("gru", 3, "tanh", "glorot_uniform", "orthogonal", true, 0, 0);
    NetworkSpec backward = new NetworkSpec(2, List.of(layer("gru", 3), both), 1, "mse", 1);
    assertThatThrownBy(() -> scorer(backward).steps())
        .hasMessage(
            "NetworkSteps: layer 1 is bidirectional, and reads time steps that are still to come"
                + advice);
    assertThatThrownBy(() -> scorer(spec("gru", "attention")).steps())
        .hasMessage(
            "NetworkSteps: pooling is \"attention\", which weighs all time steps anew with each"
                + advice);
    NetworkSpec chain =
        new NetworkSpec(2, List.of(layer("gru", 3)), 3, "sparseCrossEntropy", 1, "none")
            .withCrf(true);
    assertThatThrownBy(() -> scorer(chain).steps())
        .hasMessage(
            "NetworkSteps: there is a CRF, whose labels depend on each other in both directions"
                + advice);
  }

  @Test
  void wrongUseSaysWhatToDo() {
    StepScorer steps = scorer(spec("gru", "mean")).steps();
    assertThatThrownBy(() -> steps.step(new float[] {1, 2}, steps.newState()))
        .hasMessage("StepScorer: the time step has 2 features; the model needs 3.");
    assertThatThrownBy(() -> steps.step(new float[] {1, 2, Float.NaN}, steps.newState()))
        .hasMessage("StepScorer: the time step is [1.0, 2.0, NaN]; values must be finite.");
    assertThatThrownBy(() -> steps.step(new float[] {1, 2, 3}, new float[4]))
        .hasMessage(
            "StepScorer: the state has 4 numbers; the model needs 22. Keep the one that newState of"
                + " this model gave.");
    float[] old = steps.newState();
    old[old.length - 1] = (1 << 24) - 1;
    assertThatThrownBy(() -> steps.step(new float[] {1, 2, 3}, old))
        .hasMessage(
            "NetworkSteps: the state is the mean over 16777215 time steps, as many as can be"
                + " counted. Begin anew with a state of zeros.");
  }
}
