package sparkrnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Floats;
import sparkrnn.contract.Shard;
import sparkrnn.loss.LossType;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.network.RandomNetworks;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/** Integrated gradients by what must hold of them whatever the network. */
class PathIntegralTest {

  private static final int SEQUENCES = 5;

  private static RecurrentSpec layer(String cell, int units, boolean bidirectional) {
    return new RecurrentSpec(
        cell, units, "tanh", "glorot_uniform", "orthogonal", bidirectional, 0, 0);
  }

  private static List<NetworkSpec> everyCellUnderEveryPooling() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (String pooling : List.of("last", "mean", "max", "attention", "none")) {
      for (String cell : List.of("simpleRnn", "lstm", "layerNormLstm", "gru")) {
        for (boolean bidirectional : List.of(false, true)) {
          List<RecurrentSpec> layers =
              List.of(layer(cell, 5, bidirectional), layer(cell, 4, bidirectional));
          specs.add(new NetworkSpec(3, layers, 2, "mse", 1, pooling));
        }
      }
    }
    return specs;
  }

  private static float[] draw(Random random, NetworkSpec spec, int rows) {
    float[] x = Floats.normals(random, rows * spec.inputs(), 1);
    for (EmbeddingSpec embedding : spec.embeddings()) {
      for (int n = 0; n < rows; n++) {
        x[n * spec.inputs() + embedding.feature()] = random.nextInt(embedding.vocabularySize());
      }
    }
    return x;
  }

  /** A place for each sequence: an output, and where there are several a time step. */
  private static int[] chosen(Random random, NetworkSpec spec, Shard shard) {
    int[] chosen = new int[SEQUENCES];
    for (int s = 0; s < SEQUENCES; s++) {
      int t = random.nextInt(shard.lengths()[s]);
      int row = spec.pooling().equals("none") ? shard.row(s, t) : s;
      chosen[s] = row * spec.outputs() + random.nextInt(spec.outputs());
    }
    return chosen;
  }

  private static double sum(
      PathIntegral integral, Shard shard, int s, int features, DoubleUnaryOperator of) {
    double sum = 0;
    for (int t = 0; t < shard.lengths()[s]; t++) {
      for (int feature = 0; feature < features; feature++) {
        sum += of.applyAsDouble(integral.attribution(shard.row(s, t), feature));
      }
    }
    return sum;
  }

  /**
   * The sum is what the output moved by, to a thousandth of the sum of the magnitudes.
   *
   * <p>Where the slope jumps on the way (relu, the largest of time steps) it takes more nodes.
   * Layer normalization divides by deviations: where one of them gets near zero the slope is a
   * thousand times as steep for a thousandth of the path, and no number of evenly spread nodes is
   * sure to meet that. Of such networks most sequences must be complete, of all others each.
   */
  private static void assertComplete(PathIntegral integral, Case c, double[] differences) {
    Set<Integer> open = IntStream.range(0, SEQUENCES).boxed().collect(Collectors.toSet());
    int few = c.isSmooth() ? 0 : SEQUENCES / 2;
    for (int nodes = 50; open.size() > few && nodes <= (c.isSmooth() ? 50 : 6400); nodes *= 2) {
      integral.integrate(c.chosen, new GaussLegendre(nodes));
      open.removeIf(s -> isComplete(integral, c, s, differences[s]));
    }
    assertThat(open).as("sequences whose gap stays, of %s", c.spec).hasSizeLessThanOrEqualTo(few);
  }

  private static boolean isComplete(PathIntegral integral, Case c, int s, double difference) {
    double sum = sum(integral, c.shard, s, c.spec.inputs(), attribution -> attribution);
    double size = sum(integral, c.shard, s, c.spec.inputs(), Math::abs);
    return Math.abs(sum - difference) <= 1e-5 + 1e-3 * Math.max(size, Math.abs(difference));
  }

  /** A network with sequences and an output of each. */
  private static final class Case {
    final NetworkSpec spec;
    final Network network;
    final float[] parameters;
    final Shard shard;
    final float[] x;
    final int[] chosen;

    Case(Random random, NetworkSpec spec) {
      this.spec = spec;
      network = new Network(spec);
      parameters = Floats.normals(random, network.layout().size(), 0.4);
      shard = Shard.draw(random, SEQUENCES, 6);
      x = draw(random, spec, shard.rows());
      chosen = chosen(random, spec, shard);
    }

    static boolean normalizes(NetworkSpec spec) {
      return spec.recurrentLayers().stream().anyMatch(each -> each.cell().equals("layerNormLstm"));
    }

    boolean isSmooth() {
      return !spec.pooling().equals("max") && !normalizes(spec) && !hasRelu();
    }

    private boolean hasRelu() {
      return spec.recurrentLayers().stream().anyMatch(each -> each.activation().equals("relu"));
    }
  }

  /** What the plain run of the network says of both ends of the path. */
  private static double[] differences(Case c, double[] baseline) {
    float[] flat = new float[c.x.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) baseline[i % baseline.length];
    }
    double[] differences = new double[SEQUENCES];
    for (float[] end : List.of(c.x, flat)) {
      NetworkWorkspace workspace = c.network.newWorkspace();
      c.network.forward(workspace, c.shard.packed(), end, c.parameters);
      for (int s = 0; s < SEQUENCES; s++) {
        differences[s] += (end == c.x ? 1 : -1) * workspace.predictions()[c.chosen[s]];
      }
    }
    return differences;
  }

  /** On a short path a deviation near zero is rare, and wide for the nodes if it happens. */
  private static void moveNear(double[] baseline, float[] x) {
    for (int i = 0; i < x.length; i++) {
      double b = baseline[i % baseline.length];
      x[i] = (float) (b + 0.03 * (x[i] - b));
    }
  }

  /** If it fails, a part of the prediction is attributed to nothing. */
  @RandomTest
  void attributionsSumToWhatTheOutputMovedBy(Random random) {
    for (NetworkSpec spec : everyCellUnderEveryPooling()) {
      Case c = new Case(random, spec);
      double[] baseline = random.doubles(spec.inputs(), -0.5, 0.5).toArray();
      PathIntegral integral = new PathIntegral(c.network, c.parameters, baseline);
      if (Case.normalizes(spec)) {
        moveNear(baseline, c.x);
      }
      integral.begin(c.shard.packed(), c.x);
      assertComplete(integral, c, differences(c, baseline));
    }
  }

  /** Of two units, as they are drawn, layer normalization makes steps and no slopes. */
  private static NetworkSpec withoutNormalization(Random random) {
    NetworkSpec spec;
    do {
      spec = RandomNetworks.spec(random.nextLong(), LossType.MSE, "mean");
    } while (Case.normalizes(spec));
    return spec;
  }

  /** Zoneout, residual layers, relu, every head; embeddings are zeros at their baseline. */
  @RandomTest
  void attributionsSumForDrawnNetworksToo(Random random) {
    for (int draw = 0; draw < 10; draw++) {
      Case c = new Case(random, withoutNormalization(random));
      PathIntegral integral =
          new PathIntegral(c.network, c.parameters, new double[c.spec.inputs()]);
      integral.begin(c.shard.packed(), c.x);
      integral.integrate(c.chosen, new GaussLegendre(1));
      double[] differences = new double[SEQUENCES];
      Arrays.setAll(differences, integral::difference);
      assertComplete(integral, c, differences);
    }
  }

  /**
   * A chain of relus that all stay above 0 is linear: h(t) = u h(t-1) + w x(t), so that x(t) moves
   * the output by v u^(T-1-t) w x(t).
   */
  @Test
  void attributionsOfALinearNetworkAreItsTerms() {
    RecurrentSpec layer = new RecurrentSpec("simpleRnn", 1, "relu", "glorot_uniform", "orthogonal");
    NetworkSpec spec = new NetworkSpec(2, List.of(layer), 1, "mse", 1);
    Network network = new Network(spec);
    float[] parameters = new float[network.layout().size()];
    set(network.layout(), parameters, "simple_rnn_0/kernel", 0.5f, 1.5f);
    set(network.layout(), parameters, "simple_rnn_0/recurrent_kernel", 0.75f);
    set(network.layout(), parameters, "dense/kernel", -2f);
    set(network.layout(), parameters, "dense/bias", 7f);
    float[] x = {1, 2, 3, 0.5f, 0.25f, 4};
    PathIntegral integral = new PathIntegral(network, parameters, new double[2]);
    integral.begin(PackedSequences.of(3), x);
    integral.integrate(new int[] {0}, new GaussLegendre(3));
    for (int t = 0; t < 3; t++) {
      double reach = -2 * Math.pow(0.75, 2 - t);
      assertThat(integral.attribution(t, 0)).isCloseTo(reach * 0.5 * x[2 * t], within(1e-6));
      assertThat(integral.attribution(t, 1)).isCloseTo(reach * 1.5 * x[2 * t + 1], within(1e-6));
    }
  }

  private static void set(
      ParameterLayout layout, float[] parameters, String name, float... values) {
    System.arraycopy(values, 0, parameters, layout.tensor(name).offset(), values.length);
  }

  /** What is integrated again, or for other sequences, must not see what was there before. */
  @RandomTest
  void anIntegralKeepsNothingOfTheOneBefore(Random random) {
    NetworkSpec spec = new NetworkSpec(3, List.of(layer("gru", 5, true)), 2, "mse", 1, "attention");
    Network network = new Network(spec);
    float[] parameters = Floats.normals(random, network.layout().size(), 0.4);
    PathIntegral used = new PathIntegral(network, parameters, new double[3]);
    Shard other = Shard.draw(random, SEQUENCES, 9);
    used.begin(other.packed(), draw(random, spec, other.rows()));
    used.integrate(chosen(random, spec, other), new GaussLegendre(4));
    Shard shard = Shard.draw(random, SEQUENCES, 6);
    float[] x = draw(random, spec, shard.rows());
    int[] chosen = chosen(random, spec, shard);
    PathIntegral fresh = new PathIntegral(network, parameters, new double[3]);
    for (PathIntegral integral : List.of(fresh, used)) {
      integral.begin(shard.packed(), x);
      integral.integrate(chosen, new GaussLegendre(7));
    }
    for (int row = 0; row < shard.rows(); row++) {
      for (int feature = 0; feature < 3; feature++) {
        assertThat(used.attribution(row, feature)).isEqualTo(fresh.attribution(row, feature));
      }
    }
  }

  /** If it fails, explaining a large data set keeps the garbage collector busy. */
  @RandomTest
  void allocatesNothingOnceTheBuffersHaveGrown(Random random) {
    NetworkSpec spec = new NetworkSpec(3, List.of(layer("lstm", 5, true)), 2, "mse", 1, "mean");
    Network network = new Network(spec);
    float[] parameters = Floats.normals(random, network.layout().size(), 0.4);
    Shard shard = Shard.draw(random, SEQUENCES, 6);
    float[] x = draw(random, spec, shard.rows());
    PackedSequences packed = shard.packed();
    int[] chosen = chosen(random, spec, shard);
    GaussLegendre rule = new GaussLegendre(3);
    PathIntegral integral = new PathIntegral(network, parameters, new double[3]);
    Runnable run =
        () -> {
          integral.begin(packed, x);
          integral.integrate(chosen, rule);
        };
    assertThat(Allocation.bytesPerRun(run)).isZero();
  }
}
