package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.layer.ChainLattice;
import sparkrnn.layer.LinearChainCrf;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/** A CRF on the outputs of a network; the CRF by itself has tests of its own. */
final class CrfNetworkTest {

  private static final int K = 4;
  private static final int S = 6;
  private static final NetworkSpec SPEC =
      network(3, K, "sparseCrossEntropy", bidirectional("lstm", 5))
          .withPooling("none")
          .withCrf(true);

  private static final class Case {
    final Network network = new Network(SPEC);
    final NetworkWorkspace workspace = network.newWorkspace();
    final Shard shard;
    final PackedSequences packed;
    final float[] parameters;
    final float[] x;
    final float[] targets;
    final float[] weights;

    Case(Random random) {
      shard = Shard.draw(random, S, 5);
      packed = shard.packed();
      parameters = normals(random, network.layout().size(), 0.6);
      x = normals(random, shard.rows() * 3, 1);
      targets = new float[shard.rows()];
      weights = new float[shard.rows()];
      for (int s = 0; s < S; s++) {
        for (int t = 0; t < shard.lengths()[s]; t++) {
          targets[shard.row(s, t)] = random.nextInt(K);
          weights[shard.row(s, t)] = random.nextInt(4) == 0 ? 0 : 0.5f + s;
        }
      }
    }

    double addGradient(float scale, float[] gradient) {
      return network.addGradient(
          workspace, packed, x, targets, weights, scale, parameters, gradient);
    }
  }

  /**
   * What reaches the layers is the gradient of the CRF by the outputs: the same as of a network
   * whose squared error has that gradient there.
   */
  @RandomTest
  void gradientGoesThroughTheChainIntoTheLayers(Random random) {
    Case c = new Case(random);
    float scale = 0.3f;
    float[] gradient = new float[c.parameters.length];
    double loss = c.addGradient(scale, gradient);
    LinearChainCrf crf = new LinearChainCrf(ParameterLayout.builder(), K);
    ChainLattice lattice = crf.newWorkspace();
    crf.read(lattice, c.network.chain(c.parameters));
    float[] outputs = Arrays.copyOf(c.workspace.predictions(), c.shard.rows() * K);
    assertThat(crf.weightedSum(lattice, c.packed, outputs, c.targets, c.weights)).isEqualTo(loss);
    float[] dx = new float[outputs.length];
    float[] chain = new float[crf.size()];
    crf.backward(lattice, c.packed, outputs, c.targets, c.weights, scale, dx, chain);
    assertThat(c.network.chain(gradient)).isEqualTo(chain);

    Network squared =
        new Network(network(3, K, "mse", bidirectional("lstm", 5)).withPooling("none"));
    float[] near = new float[outputs.length];
    for (int i = 0; i < near.length; i++) {
      near[i] = outputs[i] - dx[i] * K / 2;
    }
    float[] ones = new float[c.shard.rows()];
    Arrays.fill(ones, 1);
    float[] expected = new float[squared.layout().size()];
    squared.addGradient(
        squared.newWorkspace(), c.packed, c.x, near, ones, 1, c.parameters, expected);
    assertAgrees("layers", Arrays.copyOf(gradient, expected.length), doubles(expected), 40);
    assertThat(c.network.layout().size()).isEqualTo(expected.length + crf.size());
  }

  @RandomTest
  void lossAfterForwardIsThatOfTheGradient(Random random) {
    Case c = new Case(random);
    double loss = c.addGradient(1, new float[c.parameters.length]);
    NetworkWorkspace other = c.network.newWorkspace();
    c.network.forward(other, c.packed, c.x, c.parameters);
    assertThat(c.network.loss(other, c.packed, c.targets, c.weights)).isEqualTo(loss).isPositive();
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    Case c = new Case(random);
    float[] gradient = new float[c.parameters.length];
    assertThat(Allocation.bytesPerRun(() -> c.addGradient(1, gradient))).isZero();
  }

  /** At the start labels do not count for each other. */
  @Test
  void chainBeginsAsZero() {
    Network network = new Network(SPEC);
    float[] initial = network.initialParameters(3, (a, rows, columns) -> a.clone());
    assertThat(network.chain(initial)).hasSize(K * (K + 2)).containsOnly(0);
    assertThat(new Network(SPEC.withCrf(false)).chain(initial)).isEmpty();
  }

  @RandomTest
  void labelsOfOneSequenceAreReadWithTheChain(Random random) {
    Case c = new Case(random);
    float[] chain = normals(random, K * (K + 2), 1);
    float[] outputs = normals(random, 7 * K, 1);
    TimeStepLabels labels = new TimeStepLabels(SPEC, chain);
    double[][] p = labels.probabilities(outputs);
    for (double[] row : p) {
      assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
    }
    int[] best = labels.places(outputs);
    int[] known = best.clone();
    known[2] = -1;
    known[5] = -1;
    double[] losses = labels.losses(outputs, known);
    assertThat(losses[2]).isZero();
    double loss = Arrays.stream(losses).sum();
    assertThat(losses[0]).isCloseTo(loss / 5, within(1e-12));
    // Of all labellings the best is the most probable, whatever is not known.
    assertThat(Arrays.stream(labels.losses(outputs, best)).sum()).isGreaterThan(loss);
    int[] other = best.clone();
    other[3] = (best[3] + 1) % K;
    assertThat(Arrays.stream(labels.losses(outputs, other)).sum())
        .isGreaterThan(Arrays.stream(labels.losses(outputs, best)).sum());
    // A chain of zeros is none.
    TimeStepLabels zeros = new TimeStepLabels(SPEC, new float[K * (K + 2)]);
    TimeStepLabels alone = new TimeStepLabels(SPEC.withCrf(false), new float[0]);
    assertThat(zeros.places(outputs)).isEqualTo(alone.places(outputs));
    for (int t = 0; t < 7; t++) {
      assertThat(zeros.probabilities(outputs)[t])
          .containsExactly(alone.probabilities(outputs)[t], within(1e-12));
    }
    assertThat(Arrays.stream(zeros.losses(outputs, known)).sum())
        .isCloseTo(Arrays.stream(alone.losses(outputs, known)).sum(), within(1e-12));
    assertThat(c.network.describe()).contains("crf (LinearChainCrf)").contains("24");
  }

  @Test
  void chainNeedsLabelsOfTimeSteps() {
    NetworkSpec pooled = network(1, 2, "sparseCrossEntropy", layer("lstm", 4)).withCrf(true);
    assertThatThrownBy(() -> new Network(pooled))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "NetworkSpec: crf is true, loss is \"sparseCrossEntropy\" and pooling is \"last\"; a CRF"
                + " needs the loss \"sparseCrossEntropy\" and the pooling \"none\".");
    NetworkSpec errors = network(1, 2, "mse", layer("lstm", 4)).withPooling("none").withCrf(true);
    assertThatThrownBy(() -> new Network(errors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "NetworkSpec: crf is true, loss is \"mse\" and pooling is \"none\"; a CRF needs the loss"
                + " \"sparseCrossEntropy\" and the pooling \"none\".");
  }
}
