package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.cell.GradientReach;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

class NoPoolingTest {

  private static final int COLUMNS = 5;
  private static final int BEYOND = 4;
  private static final float[] NONE = {};

  private final Pooling pooling = PoolingType.NONE.create(ParameterLayout.builder(), 3, COLUMNS);

  @RandomTest
  void everyTimeStepGoesThroughBothWays(Random random) {
    Shard shard = Shard.draw(random, 9, 7);
    PackedSequences packed = shard.packed();
    int size = shard.rows() * COLUMNS;
    float[] y = normals(random, size, 1);
    PoolingWorkspace workspace = new PoolingWorkspace();
    pooling.forward(workspace, packed, y, NONE);
    assertThat(pooling.rows(packed)).isEqualTo(shard.rows());
    assertThat(Arrays.copyOf(workspace.pooled(), size)).containsExactly(y);

    float[] dPooled = normals(random, size, 1);
    workspace.growBackward(size);
    System.arraycopy(dPooled, 0, workspace.dPooled(), 0, size);
    float[] dy = nans(size + BEYOND);
    pooling.backward(workspace, packed, dy, NONE, NONE);
    assertThat(pooling.reach()).isEqualTo(GradientReach.ALL_ROWS);
    assertThat(Arrays.copyOf(dy, size)).containsExactly(dPooled);
    assertThat(Arrays.copyOfRange(dy, size, size + BEYOND)).containsOnly(Float.NaN);
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    Shard shard = Shard.draw(random, 9, 7);
    PackedSequences packed = shard.packed();
    float[] y = normals(random, shard.rows() * COLUMNS, 1);
    PoolingWorkspace workspace = new PoolingWorkspace();
    Runnable step =
        () -> {
          pooling.forward(workspace, packed, y, NONE);
          workspace.growBackward(y.length);
          pooling.backward(workspace, packed, y, NONE, NONE);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }
}
