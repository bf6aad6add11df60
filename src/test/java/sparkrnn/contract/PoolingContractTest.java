package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.cell.GradientReach;
import sparkrnn.layer.Pooling;
import sparkrnn.layer.PoolingType;
import sparkrnn.layer.PoolingWorkspace;
import sparkrnn.oracle.PoolingOracle;

/** What every pooling keeps: its equations, and what it reads and overwrites. */
public abstract class PoolingContractTest {

  private static final int SHAPES = 12;
  private static final int BEYOND = 5;

  /** The constant that names the pooling. */
  public abstract PoolingType type();

  /** The subject. */
  protected Pooling create(int forwardColumns, int columns) {
    return type().create(forwardColumns, columns);
  }

  /** One drawn input; the loss is the sum of dPooled * pooled. */
  private record Case(Shard shard, int forwardColumns, int columns, float[] y, float[] dPooled) {

    /** Of one direction half of the time. */
    static Case draw(Random random, Shard shard) {
      int columns = 2 + random.nextInt(9);
      int forwardColumns = random.nextBoolean() ? columns : 1 + random.nextInt(columns - 1);
      return new Case(
          shard,
          forwardColumns,
          columns,
          normals(random, shard.rows() * columns, 1),
          normals(random, shard.lengths().length * columns, 1));
    }

    int pooledSize() {
      return shard.lengths().length * columns;
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
  }

  private PoolingOracle oracle(Case c) {
    return PoolingOracle.of(type().specName(), c.forwardColumns());
  }

  private Pooling create(Case c) {
    return create(c.forwardColumns(), c.columns());
  }

  private static Case draw(Random random) {
    return Case.draw(random, Shard.draw(random, 3 + random.nextInt(12), 7));
  }

  private static float[] backward(Pooling pooling, PoolingWorkspace workspace, Case c, float[] dy) {
    workspace.growBackward(c.pooledSize());
    System.arraycopy(c.dPooled(), 0, workspace.dPooled(), 0, c.pooledSize());
    pooling.backward(workspace, c.shard().packed(), dy);
    return dy;
  }

  @RandomTest
  void pooledAgreesWithItsEquation(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      Case c = draw(random);
      PoolingWorkspace workspace = new PoolingWorkspace();
      float[] y = c.y().clone();
      create(c).forward(workspace, c.shard().packed(), y);
      assertAgrees(
          "pooled", workspace.pooled(), c.expectedPooled(oracle(c)), c.shard().longest() + 1);
      assertThat(y).containsExactly(c.y());
    }
  }

  /** Every row that the reach names is overwritten, and nothing behind the last row. */
  @RandomTest
  void dyAgreesWithItsEquation(Random random) {
    for (int i = 0; i < SHAPES; i++) {
      Case c = draw(random);
      Pooling pooling = create(c);
      PoolingWorkspace workspace = new PoolingWorkspace();
      pooling.forward(workspace, c.shard().packed(), c.y());
      float[] dy = backward(pooling, workspace, c, nans(c.y().length + BEYOND));
      assertThat(Arrays.copyOfRange(dy, c.y().length, dy.length)).containsOnly(Float.NaN);
      for (int e = 0; pooling.reach() == GradientReach.LAST_ROWS && e < c.y().length; e++) {
        // What is not written is not read by the layer below.
        dy[e] = Float.isNaN(dy[e]) ? 0 : dy[e];
      }
      assertAgrees("dy", dy, c.expectedDy(oracle(c)), 2);
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
          assertThat(dy[t][j])
              .isCloseTo((above - below) / 2e-9, org.assertj.core.api.Assertions.within(1e-5));
        }
      }
    }
  }

  @RandomTest
  void usedWorkspaceGivesTheBitsOfANewOne(Random random) {
    Case before = Case.draw(random, Shard.draw(random, 14, 9));
    Case c = draw(random);
    PoolingWorkspace used = new PoolingWorkspace();
    create(before).forward(used, before.shard().packed(), before.y());
    backward(create(before), used, before, new float[before.y().length]);
    PoolingWorkspace fresh = new PoolingWorkspace();
    create(c).forward(used, c.shard().packed(), c.y());
    create(c).forward(fresh, c.shard().packed(), c.y());
    assertThat(Arrays.copyOf(used.pooled(), c.pooledSize())).containsExactly(fresh.pooled());
    assertThat(backward(create(c), used, c, new float[c.y().length]))
        .containsExactly(backward(create(c), fresh, c, new float[c.y().length]));
  }

  /** A loss that has become NaN must be seen. */
  @RandomTest
  void notANumberInALastRowIsHandedOn(Random random) {
    Case c = draw(random);
    int longest = 0;
    c.y()[c.shard().row(longest, c.shard().longest() - 1) * c.columns()] = Float.NaN;
    PoolingWorkspace workspace = new PoolingWorkspace();
    create(c).forward(workspace, c.shard().packed(), c.y());
    assertThat(workspace.pooled()[longest * c.columns()]).isNaN();
  }

  @RandomTest
  void shardWithoutSequencesWritesNothing(Random random) {
    Case none = Case.draw(random, new Shard(new int[0]));
    PoolingWorkspace workspace = new PoolingWorkspace();
    create(none).forward(workspace, none.shard().packed(), none.y());
    float[] dy = backward(create(none), workspace, none, nans(3));
    assertThat(dy).containsOnly(Float.NaN);
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    Case c = draw(random);
    Pooling pooling = create(c);
    PoolingWorkspace workspace = new PoolingWorkspace();
    sparkrnn.sequence.PackedSequences packed = c.shard().packed();
    float[] dy = new float[c.y().length];
    Runnable step =
        () -> {
          pooling.forward(workspace, packed, c.y());
          workspace.growBackward(c.pooledSize());
          pooling.backward(workspace, packed, dy);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }
}
