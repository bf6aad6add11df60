package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** If these fail, time steps of one sequence end up in another one. */
class ShardBufferTest {

  private static final long SEED = Long.getLong("seed", 11);

  @Test
  void everyValueStandsAtItsTimeStepAndPlace() {
    Random random = new Random(SEED);
    ShardBuffer shard = new ShardBuffer(3);
    for (int round = 0; round < 50; round++) {
      shard.clear();
      int count = 1 + random.nextInt(40);
      float[][] sequences = new float[count][];
      for (int s = 0; s < count; s++) {
        sequences[s] = new float[3 * (1 + random.nextInt(20)) + 2];
        for (int i = 0; i < sequences[s].length; i++) {
          sequences[s][i] = random.nextFloat();
        }
        shard.add(sequences[s], 2, (sequences[s].length - 2) / 3);
      }
      shard.pack();
      checkAll(shard, sequences);
    }
  }

  private static void checkAll(ShardBuffer shard, float[][] sequences) {
    for (int place = 0; place < sequences.length; place++) {
      float[] source = sequences[shard.added(place)];
      int length = shard.sequences().length(place);
      assertThat(length).isEqualTo((source.length - 2) / 3);
      for (int t = 0; t < length; t++) {
        int row = shard.sequences().firstRow(t) + place;
        for (int f = 0; f < 3; f++) {
          assertThat(shard.x()[row * 3 + f]).isEqualTo(source[2 + t * 3 + f]);
        }
      }
    }
  }

  @Test
  void equalLengthsKeepTheOrderOfAdding() {
    ShardBuffer shard = new ShardBuffer(1);
    shard.add(new float[] {1}, 0, 1);
    shard.add(new float[] {2, 3}, 0, 2);
    shard.add(new float[] {4}, 0, 1);
    shard.add(new float[] {5, 6}, 0, 2);
    shard.pack();
    assertThat(new int[] {shard.added(0), shard.added(1), shard.added(2), shard.added(3)})
        .containsExactly(1, 3, 0, 2);
    assertThat(shard.x()).startsWith(2, 5, 1, 4, 3, 6);
  }
}
