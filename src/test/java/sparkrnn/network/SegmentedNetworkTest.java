package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.dropping;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;
import static sparkrnn.network.Specs.pooled;
import static sparkrnn.network.Specs.residual;
import static sparkrnn.network.Specs.weightDropping;
import static sparkrnn.network.Specs.zoningOut;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.Segmentation;

/**
 * A network that goes back through long sequences in segments against the same one on whole
 * sequences, whose gradient {@link NetworkGradientTest} proves.
 */
class SegmentedNetworkTest {

  private static final int SEQUENCES = 9;

  /** Segments of five. */
  private static final int LONGEST = 23;

  private static final Segmentation CHECKPOINTS = new Segmentation(true, 0);
  private static final CounterRandom MASKS = new CounterRandom(3, 4);

  private static final NetworkSpec STEPS =
      network(3, 4, "sparseCrossEntropy", layer("lstm", 5), layer("gru", 6)).withPooling("none");

  /** Those that read forward: nothing of width H is held of all time steps. */
  private static final List<NetworkSpec> FORWARD =
      List.of(
          network(1, 1, "mse", layer("simpleRnn", 6)),
          network(3, 2, "huber", layer("lstm", 7), layer("gru", 5)),
          network(2, 1, "mse", layer("layerNormLstm", 5), layer("simpleRnn", 9, "relu")),
          pooled("mean", network(2, 1, "mse", layer("lstm", 7), layer("lstm", 4))),
          pooled("max", network(3, 1, "mse", layer("gru", 6), layer("lstm", 5))),
          pooled("attention", network(3, 2, "mse", layer("gru", 4), layer("lstm", 5))),
          network(3, 2, "mse", layer("lstm", 5), residual(layer("gru", 5))),
          pooled("mean", network(4, 1, "mse", residual(layer("gru", 4)))),
          pooled("max", network(2, 2, "mse", dropping(0.2, 0.3, layer("lstm", 5)))),
          network(
                  3,
                  1,
                  "mse",
                  dropping(0.2, 0.3, layer("gru", 5)),
                  weightDropping(0.4, layer("lstm", 4)))
              .withHead(false, 0.3),
          network(2, 1, "huber", layer("gru", 5))
              .withEmbeddings(List.of(new EmbeddingSpec(0, 3, 2), new EmbeddingSpec(1, 5, 3))),
          STEPS,
          STEPS.withHead(false, 0.4),
          STEPS.withCrf(true));

  private static final List<NetworkSpec> BIDIRECTIONAL =
      List.of(
          network(3, 2, "mse", bidirectional("lstm", 5)),
          pooled("mean", network(2, 1, "mse", bidirectional("gru", 4), layer("lstm", 6))),
          pooled(
              "max",
              network(
                  2, 2, "mse", bidirectional("simpleRnn", 4), residual(bidirectional("lstm", 4)))),
          pooled("attention", network(2, 1, "mse", dropping(0.2, 0.3, bidirectional("gru", 4)))),
          network(3, 4, "sparseCrossEntropy", bidirectional("lstm", 5), bidirectional("gru", 3))
              .withPooling("none")
              .withCrf(true));

  private static final class Case {
    final NetworkSpec spec;
    final PackedSequences packed;
    final Shard lengths;
    final float[] parameters;
    final float[] x;
    final float[] targets;
    final float[] weights;
    final long masksFrom;

    Case(Random random, NetworkSpec spec) {
      this.spec = spec;
      Network network = new Network(spec);
      lengths = Shard.draw(random, SEQUENCES, LONGEST);
      packed = lengths.packed();
      parameters = normals(random, network.layout().size(), 0.4);
      x = normals(random, lengths.rows() * spec.inputs(), 1);
      for (EmbeddingSpec embedding : spec.embeddings()) {
        for (int n = 0; n < lengths.rows(); n++) {
          x[n * spec.inputs() + embedding.feature()] = random.nextInt(embedding.vocabularySize());
        }
      }
      int rows = network.everyTimeStep() ? lengths.rows() : SEQUENCES;
      targets = normals(random, rows * network.targets(), 1);
      if (spec.loss().equals("sparseCrossEntropy")) {
        for (int n = 0; n < rows; n++) {
          targets[n] = random.nextInt(spec.outputs());
        }
      }
      weights = new float[rows];
      for (int n = 0; n < rows; n++) {
        weights[n] = (float) (0.1 + random.nextDouble());
      }
      masksFrom = random.nextLong();
    }

    double addGradient(Network network, NetworkWorkspace workspace, float[] gradient) {
      network.drawMasks(workspace, packed, MASKS, masksFrom);
      return network.addGradient(
          workspace, packed, x, targets, weights, 0.3f, parameters, gradient);
    }

    float[] gradient(Segmentation segmentation) {
      Network network = new Network(spec, segmentation);
      float[] gradient = new float[parameters.length];
      addGradient(network, network.newWorkspace(), gradient);
      return gradient;
    }

    /** How many terms make an element of the gradient, about. */
    int terms() {
      int units = spec.recurrentLayers().stream().mapToInt(RecurrentSpec::outputs).sum();
      return 4 * (lengths.rows() + 4 * units);
    }
  }

  private static List<NetworkSpec> all() {
    List<NetworkSpec> all = new ArrayList<>(FORWARD);
    all.addAll(BIDIRECTIONAL);
    return all;
  }

  @RandomTest
  void segmentsGiveTheLossAndTheGradientOfTheWhole(Random random) {
    for (NetworkSpec spec : all()) {
      Case c = new Case(random, spec);
      Network whole = new Network(spec);
      NetworkWorkspace workspace = whole.newWorkspace();
      float[] expected = new float[c.parameters.length];
      double loss = c.addGradient(whole, workspace, expected);
      Network cut = new Network(spec, CHECKPOINTS);
      NetworkWorkspace cutWorkspace = cut.newWorkspace();
      float[] gradient = new float[c.parameters.length];
      assertThat(c.addGradient(cut, cutWorkspace, gradient))
          .as("%s", spec)
          .isCloseTo(loss, within(1e-5 * loss));
      assertAgrees(spec.toString(), gradient, doubles(expected), c.terms());
      int predictions = c.weights.length * spec.outputs();
      assertAgrees(
          spec.toString(),
          cutWorkspace.predictions(),
          doubles(Arrays.copyOf(workspace.predictions(), predictions)),
          c.terms());
    }
  }

  /** A reach as long as the longest sequence cuts nothing and changes no bit. */
  @RandomTest
  void farReachIsTheWhole(Random random) {
    for (NetworkSpec spec : all()) {
      Case c = new Case(random, spec);
      assertThat(c.gradient(new Segmentation(false, LONGEST)))
          .as("%s", spec)
          .containsExactly(c.gradient(Segmentation.NONE));
    }
  }

  /** Where the segments begin says nothing about where the gradient ends. */
  @RandomTest
  void truncatedGradientDoesNotDependOnTheSegments(Random random) {
    for (NetworkSpec spec : all()) {
      Case c = new Case(random, spec);
      for (int reach : new int[] {7, 12}) {
        float[] truncated = c.gradient(new Segmentation(false, reach));
        assertAgrees(
            reach + " " + spec,
            c.gradient(new Segmentation(true, reach)),
            doubles(truncated),
            c.terms());
        assertThat(truncated).isNotEqualTo(c.gradient(Segmentation.NONE));
      }
    }
  }

  /** With an output for every time step: the sum over pieces that begin with given states. */
  @RandomTest
  void truncatedGradientOfTimeStepsIsThatOfPieces(Random random) {
    Case c = new Case(random, STEPS);
    for (int reach : new int[] {1, 4, 9}) {
      assertAgrees(
          "reach " + reach,
          c.gradient(new Segmentation(false, reach)),
          pieces(c, reach, true),
          c.terms());
    }
  }

  /** With the last output alone: that of the last piece. */
  @RandomTest
  void truncatedGradientOfTheLastOutputIsThatOfTheLastPiece(Random random) {
    for (NetworkSpec spec : List.of(FORWARD.get(0), FORWARD.get(1), FORWARD.get(6))) {
      Case c = new Case(random, spec);
      for (int reach : new int[] {1, 4, 9}) {
        assertAgrees(
            reach + " " + spec,
            c.gradient(new Segmentation(false, reach)),
            pieces(c, reach, false),
            c.terms());
      }
    }
  }

  private static double[] pieces(Case c, int reach, boolean everyTimeStep) {
    Network network = new Network(c.spec);
    NetworkWorkspace w = network.newWorkspace();
    double[] sum = new double[c.parameters.length];
    for (int s = 0; s < SEQUENCES; s++) {
      int length = c.lengths.lengths()[s];
      float[] x = c.lengths.alone(s, c.x, c.spec.inputs());
      float[] state = new float[network.stateSize()];
      for (int from = 0; from < length; ) {
        int to = length - (length - from - 1) / reach * reach;
        PackedSequences piece = PackedSequences.of(to - from);
        float[] pieceX = Arrays.copyOfRange(x, from * c.spec.inputs(), to * c.spec.inputs());
        float[] gradient = new float[sum.length];
        network.setStates(w, 1, state, 0);
        if (everyTimeStep || to == length) {
          float[] targets = everyTimeStep ? steps(c, s, c.targets, from, to) : target(c, s);
          float[] weights =
              everyTimeStep ? steps(c, s, c.weights, from, to) : new float[] {c.weights[s]};
          network.addGradient(w, piece, pieceX, targets, weights, 0.3f, c.parameters, gradient);
        } else {
          network.forward(w, piece, pieceX, c.parameters);
        }
        network.copyStates(w, 1, state, 0);
        for (int e = 0; e < sum.length; e++) {
          sum[e] += gradient[e];
        }
        from = to;
      }
    }
    return sum;
  }

  private static float[] target(Case c, int s) {
    int targets = c.spec.outputs();
    return Arrays.copyOfRange(c.targets, s * targets, (s + 1) * targets);
  }

  private static float[] steps(Case c, int s, float[] packed, int from, int to) {
    return Arrays.copyOfRange(c.lengths.alone(s, packed, 1), from, to);
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    for (NetworkSpec spec : all()) {
      Case c = new Case(random, spec);
      Network network = new Network(spec, new Segmentation(true, 11));
      NetworkWorkspace workspace = network.newWorkspace();
      float[] gradient = new float[c.parameters.length];
      assertThat(Allocation.bytesPerRun(() -> c.addGradient(network, workspace, gradient)))
          .as("%s", spec)
          .isZero();
    }
  }

  @RandomTest
  void usedWorkspaceGivesTheBitsOfANewOne(Random random) {
    for (NetworkSpec spec : all()) {
      Network network = new Network(spec, new Segmentation(true, 8));
      Case c = new Case(random, spec);
      Case other = new Case(random, spec);
      float[] expected = new float[c.parameters.length];
      double loss = c.addGradient(network, network.newWorkspace(), expected);
      NetworkWorkspace workspace = network.newWorkspace();
      other.addGradient(network, workspace, new float[expected.length]);
      float[] gradient = new float[expected.length];
      assertThat(c.addGradient(network, workspace, gradient)).isEqualTo(loss);
      assertThat(gradient).as("%s", spec).containsExactly(expected);
    }
  }

  @Test
  void whatSegmentsCanNotDoIsRefused() {
    NetworkSpec zoning = network(1, 1, "mse", zoningOut(0.2, layer("lstm", 3)));
    assertThatThrownBy(() -> new Network(zoning, CHECKPOINTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RecurrentSpec: zoneout is 0.2 and sequences are trained on in segments; it needs a"
                + " number for every time step of all of them at once.");
    assertThatThrownBy(() -> new Network(STEPS, new Segmentation(false, -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Segmentation: bpttLength is -1; it must be at least 1, or 0 for whole sequences.");
  }
}
