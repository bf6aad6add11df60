package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.network.Specs.bidirectional;
import static sparkrnn.network.Specs.dropping;
import static sparkrnn.network.Specs.layer;
import static sparkrnn.network.Specs.network;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;

/** A sequence that is cut, with its state carried on, gives what the whole one gives. */
class CarriedStateTest {

  private static final int SEQUENCES = 3;
  private static final int[] LENGTHS = {11, 9, 5};
  private static final CounterRandom MASK_RANDOM = new CounterRandom(5, 6);

  private static final List<NetworkSpec> SPECS =
      List.of(
          network(2, 3, "mse", layer("simpleRnn", 5)).withPooling("none"),
          network(2, 3, "mse", layer("simpleRnn", 5, "relu")).withPooling("none"),
          network(2, 3, "mse", layer("lstm", 4), layer("gru", 6)).withPooling("none"),
          network(2, 3, "mse", dropping(0.3, 0.4, layer("lstm", 5))).withPooling("none"),
          network(2, 3, "mse", dropping(0, 0.4, layer("gru", 5)), layer("simpleRnn", 4))
              .withPooling("none")
              .withHead(false, 0.5));

  private static final class Case {
    final Network network;
    final NetworkWorkspace workspace;
    final float[] parameters;
    final float[][] x = new float[SEQUENCES][];
    final float[] states;

    Case(Random random, NetworkSpec spec) {
      network = new Network(spec);
      workspace = network.newWorkspace();
      parameters = normals(random, network.layout().size(), 0.6);
      for (int s = 0; s < SEQUENCES; s++) {
        x[s] = normals(random, LENGTHS[s] * 2, 1);
      }
      states = new float[SEQUENCES * network.stateSize()];
    }

    PackedSequences piece(int from, int to) {
      return PackedSequences.of(
          Arrays.stream(LENGTHS)
              .map(length -> Math.min(to, length) - from)
              .filter(length -> length > 0)
              .toArray());
    }

    float[] packed(PackedSequences sequences, int from) {
      float[] packed = new float[sequences.rows() * 2];
      for (int t = 0; t < sequences.timeSteps(); t++) {
        for (int s = 0; s < sequences.liveRows(t); s++) {
          System.arraycopy(x[s], (from + t) * 2, packed, (sequences.firstRow(t) + s) * 2, 2);
        }
      }
      return packed;
    }

    /** Runs with the same masks in every piece; returns the predictions, row by row. */
    float[] run(int from, int to, float[] gradient) {
      PackedSequences sequences = piece(from, to);
      int rows = sequences.rows();
      if (network.hasDropout()) {
        network.drawMasks(workspace, sequences, MASK_RANDOM, 17);
      }
      float[] ones = new float[rows];
      Arrays.fill(ones, 1f);
      network.addGradient(
          workspace,
          sequences,
          packed(sequences, from),
          new float[rows * 3],
          ones,
          1,
          parameters,
          gradient);
      return Arrays.copyOf(workspace.predictions(), rows * 3);
    }

    float[] gradient() {
      return new float[parameters.length];
    }
  }

  private static void assertNear(float[] found, float[] expected, String what) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i])
          .as("%s %d", what, i)
          .isCloseTo(expected[i], within(2e-6f * (1 + Math.abs(expected[i]))));
    }
  }

  /** All sequences run to the cut, so that masks are of as many sequences on both sides. */
  @RandomTest
  void cutSequencesGiveTheOutputsOfWholeOnes(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      float[] whole = c.run(0, 11, c.gradient());
      Arrays.fill(c.states, 0f);
      c.network.setStates(c.workspace, SEQUENCES, c.states, 0);
      float[] first = c.run(0, 4, c.gradient());
      c.network.copyStates(c.workspace, SEQUENCES, c.states, 0);
      c.network.setStates(c.workspace, SEQUENCES, c.states, 0);
      float[] second = c.run(4, 11, c.gradient());
      float[] joined = Arrays.copyOf(first, whole.length);
      System.arraycopy(second, 0, joined, first.length, second.length);
      assertNear(joined, whole, spec + ", output");
    }
  }

  @RandomTest
  void stateIsThatOfTheLastTimeStepOfEachSequence(Random random) {
    Case c = new Case(random, SPECS.get(2));
    c.network.setStates(c.workspace, SEQUENCES, c.states, 0);
    c.run(0, 11, c.gradient());
    float[] together = new float[c.states.length];
    c.network.copyStates(c.workspace, SEQUENCES, together, 0);
    int size = c.network.stateSize();
    assertThat(size).isEqualTo(4 + 4 + 6);
    for (int s = 0; s < SEQUENCES; s++) {
      PackedSequences alone = PackedSequences.of(LENGTHS[s]);
      float[] state = new float[2 + size];
      c.network.setStates(c.workspace, 1, state, 2);
      c.network.forward(c.workspace, alone, c.x[s], c.parameters);
      c.network.copyStates(c.workspace, 1, state, 2);
      assertThat(Arrays.copyOf(state, 2)).containsOnly(0f);
      assertNear(
          Arrays.copyOfRange(state, 2, 2 + size),
          Arrays.copyOfRange(together, s * size, (s + 1) * size),
          "state");
    }
  }

  @RandomTest
  void stateOfZerosChangesNothing(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      float[] expected = c.gradient();
      float[] without = c.run(0, 11, expected);
      c.network.setStates(c.workspace, SEQUENCES, c.states, 0);
      float[] gradient = c.gradient();
      assertNear(c.run(0, 11, gradient), without, spec + ", output");
      for (int i = 0; i < gradient.length; i++) {
        assertThat(gradient[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
      }
      c.network.clearStates(c.workspace);
      float[] again = c.gradient();
      assertThat(c.run(0, 11, again)).containsExactly(without);
      assertThat(again).containsExactly(expected);
    }
  }

  /** The slope of the loss of the second piece, its state held fast: also through masks. */
  @RandomTest
  void gradientWithAStateIsTheSlopeOfTheLoss(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      float[] states = normals(random, c.states.length, 1);
      System.arraycopy(states, 0, c.states, 0, states.length);
      c.network.setStates(c.workspace, SEQUENCES, c.states, 0);
      float[] gradient = c.gradient();
      c.run(0, 3, gradient);
      float[] direction = normals(random, gradient.length, 1);
      double slope = 0;
      double size = 0;
      for (int i = 0; i < gradient.length; i++) {
        slope += (double) gradient[i] * direction[i];
        size += (double) gradient[i] * gradient[i];
      }
      double difference = (lossAt(c, direction, 1) - lossAt(c, direction, -1)) / (2 * STEP);
      double norm = Math.sqrt(size * direction.length);
      assertThat(difference).as("%s", spec).isCloseTo(slope, within(0.01 * norm));
    }
  }

  private static final float STEP = 1e-3f;

  private static double lossAt(Case c, float[] direction, int sign) {
    float[] kept = c.parameters.clone();
    for (int i = 0; i < direction.length; i++) {
      c.parameters[i] += sign * STEP * direction[i];
    }
    c.network.setStates(c.workspace, SEQUENCES, c.states, 0);
    float[] outputs = c.run(0, 3, c.gradient());
    System.arraycopy(kept, 0, c.parameters, 0, kept.length);
    double sum = 0;
    for (float output : outputs) {
      sum += (double) output * output / 3;
    }
    return sum;
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      PackedSequences sequences = c.piece(0, 4);
      float[] x = c.packed(sequences, 0);
      float[] targets = new float[sequences.rows() * 3];
      float[] weights = new float[sequences.rows()];
      float[] gradient = c.gradient();
      Runnable step =
          () -> {
            c.network.setStates(c.workspace, SEQUENCES, c.states, 0);
            c.network.drawMasks(c.workspace, sequences, MASK_RANDOM, 17);
            c.network.addGradient(
                c.workspace, sequences, x, targets, weights, 1, c.parameters, gradient);
            c.network.copyStates(c.workspace, SEQUENCES, c.states, 0);
          };
      assertThat(Allocation.bytesPerRun(step)).as("%s", spec).isZero();
    }
  }

  @Test
  void stateOfALayerInBothDirectionsIsRefused() {
    Network network = new Network(network(2, 1, "mse", bidirectional("gru", 3)));
    assertThatThrownBy(network::stateSize)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Recurrent: the layer is bidirectional; a state can be carried on only in one"
                + " direction.");
  }

  /** Half of the columns are dropped, of a sequence the same ones at every time step. */
  @Test
  void outputDropoutLeavesOutColumnsOfWholeSequences() {
    NetworkSpec spec = network(2, 3, "mse", layer("gru", 40)).withPooling("none");
    Case plain = new Case(new Random(4), spec);
    Case dropping = new Case(new Random(4), spec.withHead(false, 0.5));
    // The head shows its inputs: the first is 1 and the others are 0 but for one column.
    int kernelAt = plain.network.layout().tensor("dense/kernel").offset();
    int biasAt = plain.network.layout().tensor("dense/bias").offset();
    int dropped = 0;
    for (int column = 0; column < 40; column++) {
      for (Case c : List.of(plain, dropping)) {
        Arrays.fill(c.parameters, kernelAt, c.parameters.length, 0f);
        c.parameters[kernelAt + column * 3] = 1f;
        c.parameters[biasAt] = 0f;
      }
      float[] y = plain.run(0, 5, plain.gradient());
      float[] kept = dropping.run(0, 5, dropping.gradient());
      for (int s = 0; s < SEQUENCES; s++) {
        boolean here = kept[s * 3] == 0;
        dropped += here ? 1 : 0;
        for (int t = 0; t < 5; t++) {
          int at = (t * SEQUENCES + s) * 3;
          assertThat(kept[at]).isEqualTo(here ? 0 : 2 * y[at]);
        }
      }
    }
    assertThat(dropped).isBetween(35, 85);
  }
}
