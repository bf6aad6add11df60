package sparkrnn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.network.NetworkOutputs;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RandomNetworks;
import sparkrnn.network.RecurrentSpec;

/** One sequence at a time: else a service gives other answers than the model gave in Spark. */
class LocalScorerTest {

  private static final double TOLERANCE = 2e-6;
  private static final int SEQUENCES = 6;
  private static final int LONGEST = 10;
  private static final int THREADS = 6;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static LocalScorer scorer(long seed, NetworkSpec spec) {
    return LocalScorer.of(spec, RandomNetworks.parameters(seed, spec), List.of());
  }

  private static double[][] scored(LocalScorer scorer, NetworkSpec spec, float[][] sequence) {
    return spec.pooling().equals("none")
        ? scorer.predictTimeSteps(sequence)
        : new double[][] {scorer.predict(sequence)};
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void scoresAreThoseOfABatch(long seed) {
    NetworkSpec spec = RandomNetworks.spec(seed).withCrf(false);
    float[][][] sequences = RandomNetworks.sequences(seed, spec, SEQUENCES, LONGEST);
    float[] parameters = RandomNetworks.parameters(seed, spec);
    float[] expected = new NetworkOutputs(spec, parameters, sequences).activated();
    int steps = expected.length / (SEQUENCES * spec.outputs());
    LocalScorer scorer = scorer(seed, spec);
    for (int s = 0; s < SEQUENCES; s++) {
      double[][] found = scored(scorer, spec, sequences[s]);
      for (int t = 0; t < found.length; t++) {
        for (int k = 0; k < spec.outputs(); k++) {
          double wanted = expected[(s * steps + t) * spec.outputs() + k];
          assertThat(found[t][k])
              .as("seed %d, sequence %d, time step %d, output %d", seed, s, t, k)
              .isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
        }
      }
    }
  }

  /** Workspaces that two threads share would mix two customers' sequences. */
  @Test
  void threadsDontDisturbEachOther() throws Exception {
    NetworkSpec spec = RandomNetworks.spec(4).withPooling("mean").withCrf(false);
    LocalScorer scorer = scorer(4, spec);
    float[][][] sequences = RandomNetworks.sequences(4, spec, 50, 30);
    List<double[]> alone = new ArrayList<>();
    for (float[][] sequence : sequences) {
      alone.add(scorer.predict(sequence));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<double[]>>> results = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        results.add(
            threads.submit(
                () -> {
                  List<double[]> mine = new ArrayList<>();
                  for (int round = 0; round < 20; round++) {
                    mine.clear();
                    for (float[][] sequence : sequences) {
                      mine.add(scorer.predict(sequence));
                    }
                  }
                  return mine;
                }));
      }
      for (Future<List<double[]>> result : results) {
        List<double[]> mine = result.get();
        for (int s = 0; s < sequences.length; s++) {
          assertThat(mine.get(s)).containsExactly(alone.get(s));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void doublesAreRoundedToFloats() {
    NetworkSpec spec = RandomNetworks.spec(7).withPooling("last").withCrf(false);
    float[][] sequence = RandomNetworks.sequences(7, spec, 1, 5)[0];
    double[][] doubles = new double[sequence.length][spec.inputs()];
    for (int t = 0; t < sequence.length; t++) {
      for (int f = 0; f < spec.inputs(); f++) {
        doubles[t][f] = sequence[t][f];
      }
    }
    LocalScorer scorer = scorer(7, spec);
    assertThat(scorer.predict(doubles)).containsExactly(scorer.predict(sequence));
  }

  @Test
  void wrongUseSaysWhatToDo() {
    RecurrentSpec layer = new RecurrentSpec("gru", 3, "tanh", "glorot_uniform", "orthogonal");
    NetworkSpec plain = new NetworkSpec(2, List.of(layer), 1, "mse", 1);
    LocalScorer scorer = scorer(1, plain);
    assertThatThrownBy(() -> scorer.predict(new float[0][]))
        .hasMessage("LocalScorer: the sequence has 0 time steps; it needs at least 1.");
    assertThatThrownBy(() -> scorer.predict(new float[][] {{1, 2}, {3}}))
        .hasMessage("LocalScorer: time step 1 of the sequence has 1 features; the model needs 2.");
    assertThatThrownBy(() -> scorer.predict(new float[][] {{1, Float.NaN}}))
        .hasMessage(
            "LocalScorer: time step 0 of the sequence is [1.0, NaN]; values must be finite.");
    assertThatThrownBy(() -> scorer.predictTimeSteps(new float[][] {{1, 2}}))
        .hasMessage("LocalScorer: the network has one output for a sequence. Call predict.");
    LocalScorer steps = scorer(1, plain.withPooling("none"));
    assertThatThrownBy(() -> steps.predict(new float[][] {{1, 2}}))
        .hasMessage(
            "LocalScorer: the network has outputs for every time step. Call predictTimeSteps.");
    assertThatThrownBy(() -> steps.predictLabels(new float[][] {{1, 2}}))
        .hasMessage("LocalScorer: the model has no labels. Call predictTimeSteps for its numbers.");
    assertThatThrownBy(() -> LocalScorer.of(plain, new float[3], List.of()))
        .hasMessageStartingWith("LocalScorer: there are 3 parameters; the network has ");
  }
}
