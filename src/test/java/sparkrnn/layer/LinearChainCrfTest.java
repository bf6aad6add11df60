package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.oracle.CrfOracle;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/** The chain of labels against all labellings written down one by one. */
final class LinearChainCrfTest {

  private static final int K = 3;
  private static final int S = 6;

  /** Behind 7 numbers of another layer, so that a place counted from 0 is seen. */
  private static final int BEFORE = 7;

  private static final class Case {
    final LinearChainCrf crf;
    final ChainLattice lattice;
    final Shard shard;
    final float[] parameters;
    final float[] x;
    final float[] targets;
    final float[] weights;

    /** About a third of the time steps has no label where some are missing. */
    Case(Random random, double deviation, boolean missing) {
      ParameterLayout.Builder layout = ParameterLayout.builder();
      layout.add("other", BEFORE);
      crf = new LinearChainCrf(layout, K);
      lattice = crf.newWorkspace();
      shard = Shard.draw(random, S, 5);
      parameters = normals(random, BEFORE + K * (K + 2), deviation);
      x = normals(random, shard.rows() * K, deviation);
      targets = new float[shard.rows()];
      weights = new float[shard.rows()];
      for (int s = 0; s < S; s++) {
        float weight = s == 2 ? 0 : 0.3f + s;
        for (int t = 0; t < shard.lengths()[s]; t++) {
          targets[shard.row(s, t)] = random.nextInt(K);
          weights[shard.row(s, t)] = missing && random.nextInt(3) == 0 ? 0 : weight;
        }
      }
      crf.read(lattice, parameters);
    }

    CrfOracle oracle(double[] flat) {
      return new CrfOracle(K, Arrays.copyOfRange(flat, BEFORE, flat.length));
    }

    double[][] sequence(double[] from, int s) {
      return shard.sequence(s, from, K);
    }

    double expected(double[] flat, double[] at) {
      double sum = 0;
      for (int s = 0; s < S; s++) {
        int[] known = new int[shard.lengths()[s]];
        double weight = 0;
        for (int t = 0; t < known.length; t++) {
          int row = shard.row(s, t);
          known[t] = weights[row] > 0 ? (int) targets[row] : -1;
          weight = Math.max(weight, weights[row]);
        }
        sum += weight * oracle(flat).loss(sequence(at, s), known);
      }
      return sum;
    }

    double found() {
      return crf.weightedSum(lattice, shard.packed(), x, targets, weights);
    }

    void backward(float scale, float[] dx, float[] gradient) {
      crf.backward(lattice, shard.packed(), x, targets, weights, scale, dx, gradient);
    }
  }

  /** The slope of f at each place, by central differences. */
  private static double[] slopes(double[] at, ToDoubleFunction<double[]> f) {
    double step = 1e-5;
    double[] slopes = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += step;
      below[i] -= step;
      slopes[i] = (f.applyAsDouble(above) - f.applyAsDouble(below)) / (2 * step);
    }
    return slopes;
  }

  @Test
  void layoutNamesTheChain() {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    builder.add("other", BEFORE);
    LinearChainCrf crf = new LinearChainCrf(builder, K);
    ParameterLayout layout = builder.build();
    assertThat(layout.tensors())
        .extracting(tensor -> tensor.name() + tensor.shape())
        .containsExactly("other[7]", "crf/transitions[3, 3]", "crf/start[3]", "crf/end[3]");
    assertThat(crf.offset()).isEqualTo(BEFORE);
    assertThat(crf.size()).isEqualTo(layout.size() - BEFORE);
  }

  @RandomTest
  void lossIsMinusTheLogarithmOfTheProbabilityOfTheKnownLabels(Random random) {
    for (boolean missing : new boolean[] {false, true}) {
      Case c = new Case(random, 1.5, missing);
      double expected = c.expected(doubles(c.parameters), doubles(c.x));
      assertThat(c.found()).isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
    }
  }

  @RandomTest
  void gradientIsTheSlopeOfTheLoss(Random random) {
    for (boolean missing : new boolean[] {false, true}) {
      Case c = new Case(random, 1, missing);
      float scale = 0.37f;
      double[] dx = slopes(doubles(c.x), at -> scale * c.expected(doubles(c.parameters), at));
      double[] chain = slopes(doubles(c.parameters), at -> scale * c.expected(at, doubles(c.x)));
      float[] foundDx = nans(c.x.length + 2);
      float[] found = new float[c.parameters.length];
      Arrays.fill(found, 0.25f);
      c.backward(scale, foundDx, found);
      assertAgrees("dx", foundDx, dx, 2);
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i])
            .as("parameter %d is added to", i)
            .isCloseTo(0.25 + chain[i], within(1e-6));
      }
      assertThat(Arrays.copyOfRange(foundDx, c.x.length, c.x.length + 2)).containsOnly(Float.NaN);
    }
  }

  @RandomTest
  void marginalsAreTheSharesOfAllLabellings(Random random) {
    Case c = new Case(random, 1.5, false);
    for (int s = 0; s < S; s++) {
      double[] p = new double[c.shard.lengths()[s] * K];
      c.crf.marginals(c.lattice, c.shard.packed(), s, c.x, p);
      double[][] expected = c.oracle(doubles(c.parameters)).marginals(c.sequence(doubles(c.x), s));
      for (int i = 0; i < p.length; i++) {
        assertThat(p[i]).isCloseTo(expected[i / K][i % K], within(1e-12));
      }
    }
  }

  @RandomTest
  void bestIsTheMostProbableOfAllLabellings(Random random) {
    Case c = new Case(random, 2, false);
    for (int s = 0; s < S; s++) {
      int[] y = new int[c.shard.lengths()[s]];
      c.crf.best(c.lattice, c.shard.packed(), s, c.x, y);
      double[][] x = c.sequence(doubles(c.x), s);
      assertThat(y).containsExactly(c.oracle(doubles(c.parameters)).best(x));
    }
  }

  @Test
  void firstOfEqualLabellingsIsBest() {
    LinearChainCrf crf = new LinearChainCrf(ParameterLayout.builder(), K);
    ChainLattice lattice = crf.newWorkspace();
    crf.read(lattice, new float[crf.size()]);
    int[] y = {9, 9};
    crf.best(lattice, new Shard(new int[] {2}).packed(), 0, new float[2 * K], y);
    assertThat(y).containsExactly(0, 0);
  }

  /** Two labels by hand: x (0, 1), (2, 0); staying scores 3, start and end 0. */
  @Test
  void twoTimeStepsByHand() {
    LinearChainCrf crf = new LinearChainCrf(ParameterLayout.builder(), 2);
    ChainLattice lattice = crf.newWorkspace();
    crf.read(lattice, new float[] {3, 0, 0, 3, 0, 0, 0, 0});
    float[] x = {0, 1, 2, 0};
    double all = Math.exp(5) + Math.exp(0) + Math.exp(3) + Math.exp(4);
    assertThat(
            crf.weightedSum(
                lattice,
                new Shard(new int[] {2}).packed(),
                x,
                new float[] {1, 0},
                new float[] {2, 2}))
        .isCloseTo(2 * (Math.log(all) - 3), within(1e-12));
    int[] y = new int[2];
    crf.best(lattice, new Shard(new int[] {2}).packed(), 0, x, y);
    assertThat(y).containsExactly(0, 0);
  }

  /** Without transitions it is softmax in each time step. */
  @RandomTest
  void withoutTransitionsTimeStepsAreIndependent(Random random) {
    Case c = new Case(random, 1, false);
    Arrays.fill(c.parameters, 0);
    c.crf.read(c.lattice, c.parameters);
    double expected = 0;
    for (int n = 0; n < c.shard.rows(); n++) {
      double sum = 0;
      for (int k = 0; k < K; k++) {
        sum += Math.exp(c.x[n * K + k]);
      }
      expected += c.weights[n] * (Math.log(sum) - c.x[n * K + (int) c.targets[n]]);
    }
    assertThat(c.found()).isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
  }

  /**
   * Scores whose exponentials no double holds: the sums go on in logarithms. Alternating is forced
   * by the transitions against what the time steps say.
   */
  @Test
  void scoresOfThousandsOverflowNowhere() {
    LinearChainCrf crf = new LinearChainCrf(ParameterLayout.builder(), 2);
    ChainLattice lattice = crf.newWorkspace();
    float far = 5000;
    crf.read(lattice, new float[] {-far, far, far, -far, far, -far, 0, 0});
    float[] x = {-3000, 3000, 3000, -3000, 3000, -3000, 1000, -1000};
    int[] y = new int[4];
    PackedSequences four = new Shard(new int[] {4}).packed();
    crf.best(lattice, four, 0, x, y);
    // 0 1 0 1: 5000 + 15000 - 3000 - 3000 + 3000 - 1000; 1 0 1 0: -5000 + 15000 + 3000 + ...
    assertThat(y).containsExactly(0, 1, 0, 1);
    double better = 5000 + 15000 - 3000 - 3000 + 3000 - 1000;
    double other = -5000 + 15000 + 3000 + 3000 - 3000 + 1000;
    float[] weights = {1, 1, 1, 1};
    assertThat(crf.weightedSum(lattice, four, x, new float[] {0, 1, 0, 1}, weights))
        .isCloseTo(0, within(1e-9));
    assertThat(crf.weightedSum(lattice, four, x, new float[] {1, 0, 1, 0}, weights))
        .isCloseTo(better - other, within(1e-9));
    float[] dx = new float[8];
    float[] gradient = new float[8];
    crf.backward(lattice, four, x, new float[] {1, 0, 1, 0}, weights, 1, dx, gradient);
    assertThat(dx).containsExactly(1, -1, -1, 1, 1, -1, -1, 1);
    // Expected less found: 0 to 1 twice for once, 1 to 0 once for twice.
    assertThat(gradient).containsExactly(0, 1, -1, 0, 1, -1, -1, 1);
    double[] p = new double[8];
    crf.marginals(lattice, four, 0, x, p);
    assertThat(p).containsExactly(new double[] {1, 0, 0, 1, 1, 0, 0, 1}, within(1e-12));
  }

  @RandomTest
  void sequencesDoNotTouchEachOther(Random random) {
    Case c = new Case(random, 1, true);
    double sum = 0;
    for (int s = 0; s < S; s++) {
      sum +=
          c.crf.weightedSum(
              lattice(c),
              new Shard(new int[] {c.shard.lengths()[s]}).packed(),
              c.shard.alone(s, c.x, K),
              c.shard.alone(s, c.targets, 1),
              c.shard.alone(s, c.weights, 1));
    }
    assertThat(c.found()).isCloseTo(sum, within(1e-12 * Math.max(1, sum)));
  }

  private static ChainLattice lattice(Case c) {
    ChainLattice lattice = c.crf.newWorkspace();
    c.crf.read(lattice, c.parameters);
    return lattice;
  }

  /** Else a fit that has diverged would go on unseen. */
  @RandomTest
  void scoreThatIsNotFiniteIsSeen(Random random) {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Case c = new Case(random, 1, false);
      c.x[random.nextInt(K)] = wrong;
      assertThat(Double.isFinite(c.found())).isFalse();
      Case chain = new Case(random, 1, false);
      chain.parameters[BEFORE + random.nextInt(K * K)] = wrong;
      chain.crf.read(chain.lattice, chain.parameters);
      assertThat(Double.isFinite(chain.found())).isFalse();
    }
  }

  @RandomTest
  void nothingIsAllocated(Random random) {
    Case c = new Case(random, 1, true);
    float[] dx = new float[c.x.length];
    float[] gradient = new float[c.parameters.length];
    PackedSequences packed = c.shard.packed();
    double[] sum = new double[1];
    Runnable step =
        () -> {
          c.crf.read(c.lattice, c.parameters);
          c.crf.backward(c.lattice, packed, c.x, c.targets, c.weights, 1, dx, gradient);
          sum[0] += c.crf.weightedSum(c.lattice, packed, c.x, c.targets, c.weights);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
    assertThat(sum[0]).isPositive();
  }
}
