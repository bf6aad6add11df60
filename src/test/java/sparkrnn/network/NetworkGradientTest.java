package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.dot;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.contract.Floats.sum;
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
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.oracle.Agreement;
import sparkrnn.oracle.CellOracle;
import sparkrnn.oracle.DropoutMasks;
import sparkrnn.oracle.NetworkOracle;
import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;

/** Stacked layers, dense and loss together against the same equations in double precision. */
class NetworkGradientTest {

  private static final List<NetworkSpec> SPECS =
      List.of(
          network(1, 1, "mse", layer("simpleRnn", 6)),
          network(3, 2, "huber", layer("lstm", 7), layer("gru", 5)),
          network(2, 1, "mse", layer("gru", 4), layer("simpleRnn", 9), layer("lstm", 6)),
          network(4, 3, "mse", layer("lstm", 5), layer("lstm", 8)),
          network(3, 2, "mse", bidirectional("lstm", 5)),
          network(2, 1, "mse", bidirectional("gru", 4), layer("lstm", 6)),
          network(1, 2, "huber", layer("simpleRnn", 5), bidirectional("simpleRnn", 7)),
          pooled("mean", network(3, 2, "mse", bidirectional("gru", 4), bidirectional("lstm", 5))),
          pooled("mean", network(2, 1, "mse", layer("lstm", 7))),
          pooled("max", network(3, 1, "mse", layer("gru", 6), layer("lstm", 5))),
          pooled("max", network(2, 2, "mse", bidirectional("simpleRnn", 6))),
          network(3, 2, "mse", bidirectional("lstm", 5))
              .withEmbeddings(List.of(new EmbeddingSpec(1, 6, 4))),
          network(2, 1, "huber", dropping(0.3, 0, layer("gru", 5)))
              .withEmbeddings(List.of(new EmbeddingSpec(0, 3, 2), new EmbeddingSpec(1, 5, 3))),
          network(3, 1, "mse", dropping(0.3, 0, layer("lstm", 7)), layer("gru", 5)),
          network(2, 2, "mse", layer("gru", 5), dropping(0, 0.4, layer("gru", 6))),
          network(3, 2, "mse", layer("layerNormLstm", 5), bidirectional("layerNormLstm", 4)),
          network(2, 1, "mse", dropping(0.2, 0.4, layer("layerNormLstm", 6))),
          network(
              3, 2, "mse", zoningOut(0.3, layer("simpleRnn", 5)), zoningOut(0.2, layer("gru", 4))),
          network(2, 1, "mse", zoningOut(0.4, layer("lstm", 5))),
          pooled("mean", network(2, 1, "mse", zoningOut(0.25, bidirectional("lstm", 5)))),
          network(2, 2, "mse", zoningOut(0.3, layer("layerNormLstm", 5)), layer("lstm", 3)),
          network(
              3,
              1,
              "mse",
              weightDropping(0.4, layer("lstm", 5)),
              weightDropping(0.5, layer("gru", 6))),
          pooled(
              "max",
              network(
                  2,
                  1,
                  "mse",
                  weightDropping(0.3, zoningOut(0.2, dropping(0.2, 0.3, bidirectional("lstm", 5)))),
                  weightDropping(0.3, layer("layerNormLstm", 4)))),
          pooled("attention", network(3, 2, "mse", layer("lstm", 5))),
          pooled("attention", network(2, 1, "mse", layer("gru", 6), bidirectional("gru", 4))),
          network(3, 2, "mse", layer("lstm", 5), residual(layer("lstm", 5))),
          network(4, 1, "mse", residual(layer("gru", 4)), residual(layer("simpleRnn", 4))),
          network(2, 1, "mse", bidirectional("gru", 4), residual(bidirectional("lstm", 4))),
          pooled(
              "max",
              network(
                  2,
                  2,
                  "mse",
                  layer("lstm", 8),
                  residual(dropping(0.4, 0.2, bidirectional("gru", 4))))),
          pooled(
              "mean",
              network(
                  3,
                  1,
                  "mse",
                  dropping(0.2, 0.3, bidirectional("lstm", 5)),
                  dropping(0.5, 0.1, bidirectional("simpleRnn", 4)))));

  private static final CounterRandom MASK_RANDOM = new CounterRandom(3, 4);

  private static final class Case {
    final Network network;
    final NetworkOracle oracle;
    final Shard shard;
    final float[] parameters;
    final float[] x;
    final float[] targets;
    final float[] weights;
    final long masksFrom;

    Case(Random random, NetworkSpec spec) {
      network = new Network(spec);
      oracle = new NetworkOracle(spec, network.layout());
      shard = Shard.draw(random, 11, 6);
      parameters = normals(random, network.layout().size(), 0.4);
      x = normals(random, shard.rows() * spec.inputs(), 1);
      for (EmbeddingSpec embedding : spec.embeddings()) {
        for (int n = 0; n < shard.rows(); n++) {
          x[n * spec.inputs() + embedding.feature()] = random.nextInt(embedding.vocabularySize());
        }
      }
      targets = normals(random, 11 * spec.outputs(), 1);
      weights = new float[11];
      for (int s = 0; s < 11; s++) {
        weights[s] = (float) (0.1 + 2 * random.nextDouble());
      }
      masksFrom = random.nextLong();
    }

    /**
     * The masks of a sequence, written anew from what Network.drawMasks says of their order. This
     * order is part of what a seed means: a fit must end in the same bits in the next release.
     */
    List<List<DropoutMasks>> masks(int s) {
      List<List<DropoutMasks>> masks = oracle.noMasks();
      long index = masksFrom;
      for (int i = 0; i < masks.size(); i++) {
        RecurrentSpec layer = network.spec().recurrentLayers().get(i);
        List<DropoutMasks> drawn = new ArrayList<>();
        for (DropoutMasks direction : masks.get(i)) {
          index = fill(new double[][] {direction.input()}, layer.dropout(), s, index);
          index = fill(direction.recurrent(), layer.recurrentDropout(), s, index);
          index = fillKernel(direction.kernel(), layer.recurrentWeightDrop(), index);
          drawn.add(direction);
          if (layer.zoneout() > 0) {
            double[][] h = choices(layer, s, index);
            index += (shard.rows() * layer.units() + 1) / 2;
            double[][] c = h;
            if (layer.cell().endsWith("stm")) {
              c = choices(layer, s, index);
              index += (shard.rows() * layer.units() + 1) / 2;
            }
            drawn.set(drawn.size() - 1, direction.withZoneout(new CellOracle.Zoneout(h, c)));
          }
        }
        masks.set(i, drawn);
      }
      return masks;
    }

    /** The same for all sequences. */
    private static long fillKernel(double[][] mask, double rate, long index) {
      if (rate == 0) {
        return index;
      }
      long next = index;
      for (double[] row : mask) {
        for (int c = 0; c < row.length; c++) {
          row[c] = MASK_RANDOM.uniform(next++) < rate ? 0 : (float) (1 / (1 - rate));
        }
      }
      return next;
    }

    /** Two elements of the packed rows of each random number, the lower half of its bits first. */
    private double[][] choices(RecurrentSpec layer, int s, long index) {
      double[][] choices = new double[shard.lengths()[s]][layer.units()];
      for (int t = 0; t < choices.length; t++) {
        for (int j = 0; j < layer.units(); j++) {
          int element = shard.row(s, t) * layer.units() + j;
          long bits = MASK_RANDOM.bits(index + element / 2);
          long half = element % 2 == 0 ? bits & 0xFFFFFFFFL : bits >>> 32;
          choices[t][j] = half / 0x1.0p32 < layer.zoneout() ? 1 : 0;
        }
      }
      return choices;
    }

    /** Mask by mask, in each sequence by sequence. */
    private static long fill(double[][] masks, double rate, int s, long index) {
      if (rate == 0) {
        return index;
      }
      for (int m = 0; m < masks.length; m++) {
        for (int j = 0; j < masks[m].length; j++) {
          long place = index + ((long) m * 11 + s) * masks[m].length + j;
          masks[m][j] = MASK_RANDOM.uniform(place) < rate ? 0 : (float) (1 / (1 - rate));
        }
      }
      return index + (long) masks.length * 11 * masks[0].length;
    }

    double[][] sequence(int s) {
      return shard.sequence(s, doubles(x), network.spec().inputs());
    }

    double[] targets(int s) {
      int outputs = network.spec().outputs();
      return doubles(Arrays.copyOfRange(targets, s * outputs, (s + 1) * outputs));
    }

    double expectedLoss(double[] at) {
      double loss = 0;
      for (int s = 0; s < 11; s++) {
        loss += weights[s] * oracle.loss(at, sequence(s), targets(s), masks(s));
      }
      return loss;
    }

    double[] expectedGradient(double scale) {
      return expectedGradient(doubles(parameters), scale);
    }

    private double[] expectedGradient(double[] at, double scale) {
      double[] gradient = new double[parameters.length];
      for (int s = 0; s < 11; s++) {
        oracle.addGradient(at, sequence(s), targets(s), masks(s), scale * weights[s], gradient);
      }
      return gradient;
    }

    /**
     * Whether one unit in the last place of each parameter moves the gradient by a quarter of what
     * a float may be off: layer normalization divides by deviations that may be nearly zero.
     */
    boolean blowsUpRounding(Random random) {
      double[] moved = doubles(parameters);
      for (int i = 0; i < moved.length; i++) {
        moved[i] *= 1 + (random.nextBoolean() ? 0x1p-23 : -0x1p-23);
      }
      double[] gradient = expectedGradient(moved, 1);
      float[] rounded = new float[gradient.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) gradient[i];
      }
      return Agreement.largestDifference(rounded, expectedGradient(1)) > 0x1p-25 * terms();
    }

    /** How many terms make an element of the gradient, about. */
    int terms() {
      int units = network.spec().recurrentLayers().stream().mapToInt(RecurrentSpec::outputs).sum();
      return shard.rows() + 4 * units;
    }

    double addGradient(NetworkWorkspace workspace, float scale, float[] gradient) {
      network.drawMasks(workspace, shard.packed(), MASK_RANDOM, masksFrom);
      return network.addGradient(
          workspace, shard.packed(), x, targets, weights, scale, parameters, gradient);
    }
  }

  @RandomTest
  void predictionsAgreeWithTheEquations(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      NetworkWorkspace workspace = c.network.newWorkspace();
      c.network.forward(workspace, c.shard.packed(), c.x, c.parameters);
      double[] expected = new double[11 * spec.outputs()];
      for (int s = 0; s < 11; s++) {
        double[] prediction = c.oracle.predict(doubles(c.parameters), c.sequence(s));
        System.arraycopy(prediction, 0, expected, s * spec.outputs(), spec.outputs());
      }
      assertAgrees(spec.toString(), workspace.predictions(), expected, c.terms());
    }
  }

  @RandomTest
  void lossAndGradientAgreeWithTheEquations(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      for (int draws = 1; c.blowsUpRounding(random); draws++) {
        assertThat(draws).as("draws of %s", spec).isLessThan(10);
        c = new Case(random, spec);
      }
      float[] gradient = new float[c.parameters.length];
      double loss = c.addGradient(c.network.newWorkspace(), 0.3f, gradient);
      double expected = c.expectedLoss(doubles(c.parameters));
      assertThat(loss).as("%s", spec).isCloseTo(expected, within(1e-5 * expected));
      assertAgrees(spec.toString(), gradient, c.expectedGradient(0.3f), c.terms());
    }
  }

  @RandomTest
  void gradientOfTheEquationsIsTheirSlope(Random random) {
    for (NetworkSpec spec : SPECS) {
      int draws = 1;
      while (!assertSlope(new Case(random, spec), random, spec.toString())) {
        assertThat(++draws).as("draws of %s", spec).isLessThan(10);
      }
    }
  }

  /** False, and nothing asserted, where the loss has a kink within the step. */
  private static boolean assertSlope(Case c, Random random, String shown) {
    double[] direction = doubles(normals(random, c.parameters.length, 1));
    double[] at = doubles(c.parameters);
    double[] gradient = c.expectedGradient(1);
    double size = Math.sqrt(dot(gradient, gradient) * dot(direction, direction));
    if (hasKink(c, at, direction, 0.5e-7 * size)) {
      return false;
    }
    double above = c.expectedLoss(sum(at, 1e-5, direction));
    double below = c.expectedLoss(sum(at, -1e-5, direction));
    assertThat(dot(gradient, direction))
        .as(shown)
        .isCloseTo((above - below) / 2e-5, within(1e-7 * size));
    return true;
  }

  /**
   * Whether the slope changes within a step to either side, as where the largest of two time steps
   * changes: then a difference is no slope. A bend falls with the square of the step, what a kink
   * makes of it with the step.
   */
  private static boolean hasKink(Case c, double[] at, double[] direction, double tolerance) {
    double whole = bend(c, at, direction, 1e-5);
    double half = bend(c, at, direction, 0.5e-5);
    return Math.abs(whole - 4 * half) / 2e-5 > tolerance;
  }

  private static double bend(Case c, double[] at, double[] direction, double step) {
    return c.expectedLoss(sum(at, step, direction))
        + c.expectedLoss(sum(at, -step, direction))
        - 2 * c.expectedLoss(at);
  }

  @RandomTest
  void gradientIsAddedAndTheLossIsNotScaled(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      float[] once = new float[c.parameters.length];
      double loss = c.addGradient(c.network.newWorkspace(), 0.3f, once);
      float[] sum = normals(random, once.length, 1);
      double[] expected = sum(doubles(sum), 1, doubles(once));
      assertThat(c.addGradient(c.network.newWorkspace(), 0.3f, sum)).isEqualTo(loss);
      assertAgrees(spec.toString(), sum, expected, c.terms());
    }
  }

  /** Masks are used up by one gradient, and a prediction never has any. */
  @RandomTest
  void nothingIsDroppedWithoutNewMasks(Random random) {
    NetworkSpec spec = SPECS.get(SPECS.size() - 1);
    Case c = new Case(random, spec);
    NetworkSpec without =
        pooled(
            "mean", network(3, 1, "mse", bidirectional("lstm", 5), bidirectional("simpleRnn", 4)));
    Network plain = new Network(without);
    float[] expected = new float[c.parameters.length];
    double loss =
        plain.addGradient(
            plain.newWorkspace(),
            c.shard.packed(),
            c.x,
            c.targets,
            c.weights,
            1,
            c.parameters,
            expected);
    NetworkWorkspace workspace = c.network.newWorkspace();
    assertThat(c.addGradient(workspace, 1, new float[expected.length])).isNotEqualTo(loss);
    float[] gradient = new float[expected.length];
    assertThat(
            c.network.addGradient(
                workspace, c.shard.packed(), c.x, c.targets, c.weights, 1, c.parameters, gradient))
        .isEqualTo(loss);
    assertThat(gradient).containsExactly(expected);

    c.network.drawMasks(workspace, c.shard.packed(), MASK_RANDOM, c.masksFrom);
    c.network.forward(workspace, c.shard.packed(), c.x, c.parameters);
    assertThat(c.network.loss(workspace, c.shard.packed(), c.targets, c.weights)).isEqualTo(loss);
    assertThat(c.network.hasDropout()).isTrue();
    assertThat(plain.hasDropout()).isFalse();
  }

  @RandomTest
  void usedWorkspaceGivesTheBitsOfANewOne(Random random) {
    for (NetworkSpec spec : SPECS) {
      Case c = new Case(random, spec);
      Case other = new Case(random, spec);
      float[] expected = new float[c.parameters.length];
      double loss = c.addGradient(c.network.newWorkspace(), 1, expected);
      NetworkWorkspace workspace = c.network.newWorkspace();
      other.addGradient(workspace, 1, new float[expected.length]);
      float[] gradient = new float[expected.length];
      assertThat(c.addGradient(workspace, 1, gradient)).isEqualTo(loss);
      assertThat(gradient).containsExactly(expected);
    }
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    for (NetworkSpec spec : SPECS) {
      assertAllocatesNothing(new Case(random, spec));
    }
  }

  private static void assertAllocatesNothing(Case c) {
    NetworkWorkspace workspace = c.network.newWorkspace();
    PackedSequences packed = c.shard.packed();
    float[] gradient = new float[c.parameters.length];
    Runnable step =
        () -> {
          c.network.drawMasks(workspace, packed, MASK_RANDOM, c.masksFrom);
          c.network.addGradient(
              workspace, packed, c.x, c.targets, c.weights, 1, c.parameters, gradient);
        };
    assertThat(Allocation.bytesPerRun(step)).as("%s", c.network.spec()).isZero();
  }
}
