package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.oracle.NetworkOracle;
import sparkrnn.sequence.PackedSequences;

/**
 * A network with an output for every time step does what many networks with one output would do,
 * each on the sequence up to a time step, and what Keras' numbers in the fixtures say.
 */
class EveryTimeStepTest {

  private static final int SEQUENCES = 6;

  private static final List<NetworkSpec> SPECS =
      List.of(
          network(3, 4, "sparseCrossEntropy", layer("lstm", 5)),
          network(2, 3, "mse", layer("gru", 4), layer("simpleRnn", 6)),
          network(3, 4, "sparseCrossEntropy", layer("lstm", 5))
              .withEmbeddings(List.of(new EmbeddingSpec(0, 7, 3), new EmbeddingSpec(2, 4, 2))));

  private static final class Case {
    final NetworkSpec spec;
    final Network network;
    final Shard shard;
    final PackedSequences packed;
    final float[] parameters;
    final float[] x;
    final float[] targets;
    final float[] weights;

    Case(Random random, NetworkSpec prefixSpec) {
      spec = prefixSpec;
      network = new Network(prefixSpec.withPooling("none"));
      shard = Shard.draw(random, SEQUENCES, 5);
      packed = shard.packed();
      parameters = normals(random, network.layout().size(), 0.4);
      x = normals(random, shard.rows() * spec.inputs(), 1);
      for (EmbeddingSpec embedding : spec.embeddings()) {
        for (int n = 0; n < shard.rows(); n++) {
          x[n * spec.inputs() + embedding.feature()] = random.nextInt(embedding.vocabularySize());
        }
      }
      targets = normals(random, shard.rows() * network.targets(), 1);
      if (network.targets() == 1) {
        for (int n = 0; n < targets.length; n++) {
          targets[n] = random.nextInt(spec.outputs());
        }
      }
      weights = new float[shard.rows()];
      for (int n = 0; n < weights.length; n++) {
        weights[n] = n % 5 == 0 ? 0 : (float) (0.1 + random.nextDouble());
      }
    }

    /** Loss and gradient of all prefixes, by the oracle of networks with one output. */
    double expected(double[] gradient, double scale) {
      NetworkOracle oracle = new NetworkOracle(spec, network.layout());
      double[] at = doubles(parameters);
      double loss = 0;
      for (int s = 0; s < SEQUENCES; s++) {
        double[][] sequence = shard.sequence(s, doubles(x), spec.inputs());
        for (int t = 0; t < sequence.length; t++) {
          int row = shard.row(s, t);
          double[][] prefix = Arrays.copyOf(sequence, t + 1);
          int T = network.targets();
          double[] target = doubles(Arrays.copyOfRange(targets, row * T, (row + 1) * T));
          loss += weights[row] * oracle.loss(at, prefix, target, oracle.noMasks());
          oracle.addGradient(at, prefix, target, oracle.noMasks(), scale * weights[row], gradient);
        }
      }
      return loss;
    }

    double addGradient(NetworkWorkspace workspace, float scale, float[] gradient) {
      return network.addGradient(
          workspace, packed, x, targets, weights, scale, parameters, gradient);
    }
  }

  @RandomTest
  void lossAndGradientAreThoseOfAllPrefixes(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      double[] expected = new double[c.parameters.length];
      double loss = c.expected(expected, 0.3f);
      float[] gradient = new float[c.parameters.length];
      assertThat(c.addGradient(c.network.newWorkspace(), 0.3f, gradient))
          .as("%s", spec)
          .isCloseTo(loss, within(1e-5 * loss));
      assertAgrees(spec.toString(), gradient, expected, c.shard.rows() + 30);
    }
  }

  /** The last time step of a forward layer is what a network with one output sees. */
  @RandomTest
  void lastOutputIsThatOfTheNetworkWithOne(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      NetworkWorkspace every = c.network.newWorkspace();
      c.network.forward(every, c.shard.packed(), c.x, c.parameters);
      Network last = new Network(spec);
      NetworkWorkspace one = last.newWorkspace();
      last.forward(one, c.shard.packed(), c.x, c.parameters);
      int K = spec.outputs();
      double[] expected = new double[SEQUENCES * K];
      float[] found = new float[SEQUENCES * K];
      for (int s = 0; s < SEQUENCES; s++) {
        int row = c.shard.packed().lastRow(s);
        for (int k = 0; k < K; k++) {
          expected[s * K + k] = one.predictions()[s * K + k];
          found[s * K + k] = every.predictions()[row * K + k];
        }
      }
      assertAgrees(spec.toString(), found, expected, 16);
    }
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      NetworkWorkspace workspace = c.network.newWorkspace();
      float[] gradient = new float[c.parameters.length];
      assertThat(Allocation.bytesPerRun(() -> c.addGradient(workspace, 1, gradient))).isZero();
    }
  }

  /** Targets and weights are asked for every time step, not every sequence. */
  @RandomTest
  void targetsOfSequencesAreTooFew(Random random) {
    Case c = new Case(random, network(3, 4, "sparseCrossEntropy", bidirectional("lstm", 5)));
    float[] gradient = new float[c.parameters.length];
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                c.network.addGradient(
                    c.network.newWorkspace(),
                    c.shard.packed(),
                    c.x,
                    new float[SEQUENCES],
                    c.weights,
                    1,
                    c.parameters,
                    gradient))
        .hasMessage(
            "Network: targets has length 6; "
                + c.shard.rows()
                + " time steps of 1 targets need "
                + c.shard.rows()
                + ".");
  }
}
