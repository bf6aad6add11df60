package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.PoolingContractTest;
import sparkrnn.contract.Shard;
import sparkrnn.parameter.ParameterLayout;

class AttentionPoolingTest extends PoolingContractTest {

  private static final int H = 4;

  @Override
  public PoolingType type() {
    return PoolingType.ATTENTION;
  }

  private static PoolingWorkspace forward(Shard shard, float[] y, float[] parameters) {
    ParameterLayout.Builder layout = ParameterLayout.builder();
    AttentionPooling pooling = new AttentionPooling(layout, H);
    assertThat(layout.build().size()).isEqualTo(parameters.length);
    PoolingWorkspace workspace = new PoolingWorkspace();
    pooling.forward(workspace, shard.packed(), y, parameters);
    return workspace;
  }

  @RandomTest
  void weightsOfASequenceSumToOne(Random random) {
    Shard shard = Shard.draw(random, 7, 9);
    float[] y = normals(random, shard.rows() * H, 1);
    PoolingWorkspace w = forward(shard, y, normals(random, H * H + 2 * H, 2));
    for (int s = 0; s < 7; s++) {
      double sum = 0;
      for (int t = 0; t < shard.lengths()[s]; t++) {
        float weight = w.attention()[shard.row(s, t)];
        assertThat(weight).isBetween(0f, 1f);
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  /** Without scores attention is the mean. */
  @RandomTest
  void queryOfZerosWeighsAllTimeStepsAlike(Random random) {
    Shard shard = new Shard(new int[] {5, 2, 1});
    float[] y = normals(random, shard.rows() * H, 1);
    PoolingWorkspace w = forward(shard, y, new float[H * H + 2 * H]);
    PoolingWorkspace mean = new PoolingWorkspace();
    new MeanPooling(H).forward(mean, shard.packed(), y, new float[0]);
    for (int e = 0; e < 3 * H; e++) {
      assertThat(w.pooled()[e]).isCloseTo(mean.pooled()[e], within(1e-6f));
    }
  }

  /** Scores beyond what exp holds are subtracted from before. */
  @Test
  void largeScoresDoNotOverflow() {
    Shard shard = new Shard(new int[] {3});
    float[] parameters = new float[H * H + 2 * H];
    for (int j = 0; j < H; j++) {
      parameters[j * H + j] = 1;
    }
    Arrays.fill(parameters, H * H + H, parameters.length, 1e4f);
    float[] y = new float[3 * H];
    Arrays.fill(y, H, 2 * H, 5f);
    PoolingWorkspace w = forward(shard, y, parameters);
    assertThat(Arrays.copyOf(w.attention(), 3)).containsExactly(0, 1, 0);
  }
}
