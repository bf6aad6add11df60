package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** If these fail, epochs lose or repeat sequences, or the result depends on the cluster. */
class BatchPlanTest {

  private static final long SEED = Long.getLong("seed", 20_261);

  @Test
  void everyShardOfAFitHasItsOwnNumber() {
    BatchPlan plan = new BatchPlan(95, 20, 4, SEED);
    Set<Long> numbers = new HashSet<>();
    for (int epoch = 0; epoch < 7; epoch++) {
      for (int batch = 0; batch < plan.batches(); batch++) {
        for (int shard = 0; shard < plan.shards(); shard++) {
          assertThat(numbers.add(plan.shardNumber(epoch, batch, shard))).isTrue();
        }
      }
    }
    assertThat(numbers).hasSize(7 * 5 * 5);
    assertThat(plan.seed()).isEqualTo(SEED);
  }

  @Test
  void everySequenceComesExactlyOnceInEveryEpoch() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      int sequences = 1 + random.nextInt(500);
      int batchSize = 1 + random.nextInt(sequences);
      int shardSize = 1 + random.nextInt(batchSize + 3);
      BatchPlan plan = new BatchPlan(sequences, batchSize, shardSize, random.nextLong());
      int epoch = random.nextInt(1000);
      int[] seen = new int[sequences];
      for (int batch = 0; batch < plan.batches(); batch++) {
        assertThat(visit(plan, epoch, batch, seen))
            .as("seed %d, round %d, batch %d", SEED, round, batch)
            .isEqualTo(plan.batchSize(batch));
      }
      assertThat(seen).as("seed %d, round %d", SEED, round).containsOnly(1);
    }
  }

  private static int visit(BatchPlan plan, int epoch, int batch, int[] seen) {
    int size = 0;
    for (int shard = 0; shard < plan.shards(); shard++) {
      int[] order = new int[plan.partitionSize(shard)];
      plan.shuffle(epoch, shard, order);
      for (int i = 0; i < plan.shardSize(batch, shard); i++) {
        int place = order[plan.shardStart(batch, shard) + i];
        seen[(int) plan.partitionStart(shard) + place]++;
      }
      size += plan.shardSize(batch, shard);
    }
    return size;
  }

  @Test
  void everyBatchButTheLastIsFullAndNoShardIsLargerThanAsked() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      int sequences = 1 + random.nextInt(5000);
      int batchSize = 1 + random.nextInt(Math.min(sequences, 200));
      int shardSize = 1 + random.nextInt(64);
      BatchPlan plan = new BatchPlan(sequences, batchSize, shardSize, 1);
      for (int batch = 0; batch < plan.batches(); batch++) {
        if (batch < plan.batches() - 1) {
          assertThat(plan.batchSize(batch)).isEqualTo(batchSize);
        }
        for (int shard = 0; shard < plan.shards(); shard++) {
          assertThat(plan.shardSize(batch, shard)).isBetween(0, shardSize);
        }
      }
    }
  }

  @Test
  void workersLoadsDifferByAtMostOneShard() {
    BatchPlan plan = new BatchPlan(10_000, 128, 8, 1);
    for (int workers = 1; workers <= plan.shards(); workers++) {
      int[] loads = new int[workers];
      for (int shard = 0; shard < plan.shards(); shard++) {
        loads[plan.workerOf(shard, workers)]++;
      }
      assertThat(Arrays.stream(loads).max().getAsInt() - Arrays.stream(loads).min().getAsInt())
          .as("%d workers: %s", workers, Arrays.toString(loads))
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void rankFallsIntoThePartitionThatHoldsIt() {
    BatchPlan plan = new BatchPlan(1003, 96, 10, 1);
    for (int shard = 0; shard < plan.shards(); shard++) {
      long first = plan.partitionStart(shard);
      assertThat(plan.partitionOf(first)).isEqualTo(shard);
      assertThat(plan.partitionOf(first + plan.partitionSize(shard) - 1)).isEqualTo(shard);
    }
    assertThat(plan.partitionStart(plan.shards())).isEqualTo(1003);
  }

  @Test
  void everyEpochAndSeedHasAnotherOrderAndTheSameOneEachTime() {
    BatchPlan plan = new BatchPlan(1000, 10, 10, 7);
    assertThat(order(plan, 0)).isEqualTo(order(new BatchPlan(1000, 10, 10, 7), 0));
    assertThat(order(plan, 0)).isNotEqualTo(order(plan, 1));
    assertThat(order(plan, 0)).isNotEqualTo(order(new BatchPlan(1000, 10, 10, 8), 0));
  }

  private static int[] order(BatchPlan plan, int epoch) {
    int[] order = new int[plan.partitionSize(0)];
    plan.shuffle(epoch, 0, order);
    return order;
  }

  @Test
  void firstPlaceOfTheOrderIsUniform() {
    BatchPlan plan = new BatchPlan(10, 10, 10, 3);
    int[] counts = new int[10];
    IntStream.range(0, 20_000).forEach(epoch -> counts[order(plan, epoch)[0]]++);
    assertThat(IntStream.of(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(1_800, 2_200));
  }

  @Test
  void planWithoutSequencesIsRefused() {
    assertThatThrownBy(() -> new BatchPlan(3, 4, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BatchPlan: 3 sequences, batchSize 4, shardSize 1; all must be at least 1 and batchSize at most the number of sequences.");
  }
}
