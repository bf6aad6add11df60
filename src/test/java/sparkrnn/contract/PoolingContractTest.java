package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.contract.Floats.sum;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.cell.GradientReach;
import sparkrnn.layer.Pooling;
import sparkrnn.layer.PoolingType;
import sparkrnn.layer.PoolingWorkspace;
import sparkrnn.oracle.PoolingOracle;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/** What every pooling keeps: its equations, and what it reads and overwrites. */
public abstract class PoolingContractTest {

  private static final int SHAPES = 12;
  private static final int BEYOND = 5;
  private static final int OTHER_LAYER = 5;

  /** The constant that names the pooling. */
  public abstract PoolingType type();

  /** The subject. */
  protected Pooling create(ParameterLayout.Builder layout, int forwardColumns, int columns) {
    return type().create(layout, forwardColumns, columns);
  }

  /**
   * One drawn input; the loss is the sum of dPooled * pooled. The pooling's parameters stand in the
   * middle of the flat array, between those of other layers.
   */
  private record Case(
      Pooling pooling,
      Shard shard,
      int forwardColumns,
      int columns,
      float[] y,
      float[] dPooled,
      float[] parameters) {

    int pooledSize() {
      return shard.lengths().length * columns;
    }

    /** How many terms make an element of a result, at most. */
    int terms() {
      return shard.longest() + shard.rows() + 3 * columns;
    }

    double[][] sequence(int s) {
      return shard.sequence(s, doubles(y), columns);
    }

    double[] dPooled(int s) {
      return doubles(Arrays.copyOfRange(dPooled, s * columns, (s + 1) * columns));
    }

    double[] expectedPooled(PoolingOracle oracle) {
      double[] pooled = new double[pooledSize()];
      for (int s = 0; s < shard.lengths().length; s++) {
        System.arraycopy(oracle.forward(sequence(s)), 0, pooled, s * columns, columns);
      }
      return pooled;
    }

    double[] expectedDy(PoolingOracle oracle) {
      double[] dy = new double[y.length];
      for (int s = 0; s < shard.lengths().length; s++) {
        shard.pack(s, oracle.backward(sequence(s), dPooled(s)), dy);
      }
      return dy;
    }

    double[] expectedGradient(PoolingOracle oracle) {
      double[] gradient = new double[parameters.length];
      for (int s = 0; s < shard.lengths().length; s++) {
        oracle.addGradient(sequence(s), dPooled(s), gradient);
      }
      return gradient;
    }

    void forward(PoolingWorkspace workspace) {
      pooling.forward(workspace, shard.packed(), y, parameters);
    }

    float[] backward(PoolingWorkspace workspace, float[] dy, float[] gradient) {
      workspace.growBackward(pooledSize());
      System.arraycopy(dPooled, 0, workspace.dPooled(), 0, pooledSize());
      pooling.backward(workspace, shard.packed(), dy, parameters, gradient);
      return dy;
    }

    float[] backward(PoolingWorkspace workspace, float[] dy) {
      return backward(workspace, dy, new float[parameters.length]);
    }
  }

  private PoolingOracle oracle(Case c) {
    return oracle(c, doubles(c.parameters()));
  }

  private PoolingOracle oracle(Case c, double[] parameters) {
    return PoolingOracle.of(
        type().specName(), c.forwardColumns(), c.columns(), parameters, OTHER_LAYER);
  }

  /** Of one direction half of the time. */
  private Case draw(Random random, Shard shard) {
    int columns = 2 + random.nextInt(9);
    int forwardColumns = random.nextBoolean() ? columns : 1 + random.nextInt(columns - 1);
    ParameterLayout.Builder layout = ParameterLayout.builder();
    layout.add("below/bias", OTHER_LAYER);
    Pooling pooling = create(layout, forwardColumns, columns);
    layout.add("above/bias", OTHER_LAYER);
    return new Case(
        pooling,
        shard,
        forwardColumns,
        columns,
        normals(random, shard.rows() * columns, 1),
        normals(random, shard.lengths().length * columns, 1),
        normals(random, layout.build().size(), 0.7));
  }

  private Case draw(Random random) {
    return draw(random, Shard.draw(random, 3 + random.nextInt(12), 7));
  }

  @RandomTest
  void pooledAgreesWithItsEquation(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      Case c = draw(random);
      PoolingWorkspace workspace = new PoolingWorkspace();
      float[] y = c.y().clone();
      float[] parameters = c.parameters().clone();
      c.forward(workspace);
      assertAgrees("pooled", workspace.pooled(), c.expectedPooled(oracle(c)), c.terms());
      assertThat(c.y()).containsExactly(y);
      assertThat(c.parameters()).containsExactly(parameters);
    }
  }

  /** Every row that the reach names is overwritten, and nothing behind the last row. */
  @RandomTest
  void dyAgreesWithItsEquation(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      Case c = draw(random);
      PoolingWorkspace workspace = new PoolingWorkspace();
      c.forward(workspace);
      float[] dy = c.backward(workspace, nans(c.y().length + BEYOND));
      assertThat(Arrays.copyOfRange(dy, c.y().length, dy.length)).containsOnly(Float.NaN);
      for (int e = 0; c.pooling().reach() == GradientReach.LAST_ROWS && e < c.y().length; e++) {
        // What is not written is not read by the layer below.
        dy[e] = Float.isNaN(dy[e]) ? 0 : dy[e];
      }
      assertAgrees("dy", dy, c.expectedDy(oracle(c)), c.terms());
    }
  }

  @RandomTest
  void gradientIsAdded(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      Case c = draw(random);
      PoolingWorkspace workspace = new PoolingWorkspace();
      c.forward(workspace);
      float[] sum = normals(random, c.parameters().length, 1);
      double[] expected = sum(doubles(sum), 1, c.expectedGradient(oracle(c)));
      c.backward(workspace, new float[c.y().length], sum);
      assertAgrees("gradient", sum, expected, c.terms());
    }
  }

  /** The proof of the oracle itself. */
  @RandomTest
  void dyOfTheEquationsIsTheirSlope(Random random) {
    Case c = draw(random);
    for (int s = 0; s < c.shard().lengths().length; s++) {
      double[][] y = c.sequence(s);
      double[][] dy = oracle(c).backward(y, c.dPooled(s));
      for (int j = 0; j < c.columns(); j++) {
        for (int t = 0; t < y.length; t++) {
          double[][] moved = c.sequence(s);
          moved[t][j] += 1e-9;
          double above = Floats.dot(oracle(c).forward(moved), c.dPooled(s));
          moved[t][j] -= 2e-9;
          double below = Floats.dot(oracle(c).forward(moved), c.dPooled(s));
          assertThat(dy[t][j]).isCloseTo((above - below) / 2e-9, within(1e-5));
        }
      }
    }
  }

  @RandomTest
  void gradientOfTheEquationsIsTheirSlope(Random random) {
    Case c = draw(random);
    double[] gradient = c.expectedGradient(oracle(c));
    for (int p = 0; p < gradient.length; p++) {
      double[] moved = doubles(c.parameters());
      moved[p] += 1e-6;
      double above = Floats.dot(c.expectedPooled(oracle(c, moved)), doubles(c.dPooled()));
      moved[p] -= 2e-6;
      double below = Floats.dot(c.expectedPooled(oracle(c, moved)), doubles(c.dPooled()));
      assertThat(gradient[p]).isCloseTo((above - below) / 2e-6, within(1e-7));
    }
  }

  @RandomTest
  void usedWorkspaceGivesTheBitsOfANewOne(Random random) {
    Case before = draw(random, Shard.draw(random, 14, 9));
    Case c = draw(random);
    PoolingWorkspace used = new PoolingWorkspace();
    before.forward(used);
    before.backward(used, new float[before.y().length]);
    PoolingWorkspace fresh = new PoolingWorkspace();
    c.forward(used);
    c.forward(fresh);
    assertThat(Arrays.copyOf(used.pooled(), c.pooledSize())).containsExactly(fresh.pooled());
    assertThat(c.backward(used, new float[c.y().length]))
        .containsExactly(c.backward(fresh, new float[c.y().length]));
  }

  /** A loss that has become NaN must be seen. */
  @RandomTest
  void notANumberInALastRowIsHandedOn(Random random) {
    Case c = draw(random);
    int longest = 0;
    c.y()[c.shard().row(longest, c.shard().longest() - 1) * c.columns()] = Float.NaN;
    PoolingWorkspace workspace = new PoolingWorkspace();
    c.forward(workspace);
    assertThat(workspace.pooled()[longest * c.columns()]).isNaN();
  }

  @RandomTest
  void shardWithoutSequencesWritesNothing(Random random) {
    Case none = draw(random, new Shard(new int[0]));
    PoolingWorkspace workspace = new PoolingWorkspace();
    none.forward(workspace);
    float[] gradient = new float[none.parameters().length];
    float[] dy = none.backward(workspace, nans(3), gradient);
    assertThat(dy).containsOnly(Float.NaN);
    assertThat(gradient).containsOnly(0f);
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    Case c = draw(random);
    PoolingWorkspace workspace = new PoolingWorkspace();
    PackedSequences packed = c.shard().packed();
    float[] dy = new float[c.y().length];
    float[] gradient = new float[c.parameters().length];
    Runnable step =
        () -> {
          c.pooling().forward(workspace, packed, c.y(), c.parameters());
          workspace.growBackward(c.pooledSize());
          c.pooling().backward(workspace, packed, dy, c.parameters(), gradient);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }
}
