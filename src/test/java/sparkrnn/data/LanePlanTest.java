package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;

/** However streams are broken up, their pieces fill the lanes with the tokens in their order. */
class LanePlanTest {

  @Test
  void stepsAreThoseThatHaveANextToken() {
    assertThat(LanePlan.of(0, 3).steps()).isZero();
    assertThat(LanePlan.of(1, 1).steps()).isZero();
    assertThat(LanePlan.of(31, 3).steps()).isEqualTo(10);
    assertThat(LanePlan.of(30, 3).steps()).isEqualTo(9);
    assertThat(LanePlan.of(0, 3).pieces(0, new int[] {5}, 0, 1)).isEmpty();
  }

  @RandomTest
  void piecesFillTheLanes(Random random) {
    int lanes = 1 + random.nextInt(5);
    int tokens = lanes + 1 + random.nextInt(60);
    int[] all = IntStream.range(0, tokens).toArray();
    LanePlan plan = LanePlan.of(tokens, lanes);
    int[][] filled = new int[lanes][plan.steps() + 1];
    Arrays.stream(filled).forEach(lane -> Arrays.fill(lane, -1));
    int at = 0;
    while (at < tokens) {
      int size = Math.min(tokens - at, random.nextInt(20));
      for (LanePlan.Piece piece : plan.pieces(at, all, at, at + size)) {
        for (int i = 0; i < piece.ids().length; i++) {
          assertThat(filled[piece.lane()][piece.at() + i]).as("filled twice").isEqualTo(-1);
          filled[piece.lane()][piece.at() + i] = piece.ids()[i];
        }
      }
      at += size;
    }
    for (int lane = 0; lane < lanes; lane++) {
      int first = lane * plan.steps();
      assertThat(filled[lane])
          .containsExactly(IntStream.rangeClosed(first, first + plan.steps()).toArray());
    }
  }

  @Test
  void segmentsOfALaneAreItsTimeSteps() {
    BatchPlan plan = new BatchPlan(6, 6, 2, 1).inSegments(25, 10);
    assertThat(plan.batches()).isEqualTo(3);
    assertThat(plan.examples()).isEqualTo(150);
    assertThat(
            List.of(plan.examples(0), plan.examples(1), plan.examples(2), plan.examplesBefore(2)))
        .containsExactly(60L, 60L, 30L, 120L);
    assertThat(plan.firstStep(2)).isEqualTo(20);
    assertThat(plan.steps(2)).isEqualTo(5);
    for (int shard = 0; shard < plan.shards(); shard++) {
      assertThat(plan.shardStart(2, shard)).isZero();
      assertThat(plan.shardSize(2, shard)).isEqualTo(plan.partitionSize(shard)).isEqualTo(2);
    }
  }

  @Test
  void segmentsOfOtherLanesAreRefused() {
    assertThatThrownBy(() -> new BatchPlan(7, 6, 2, 1).inSegments(25, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BatchPlan: 7 lanes of 25 time steps, batchSize 6, segments of 10; there must be"
                + " batchSize lanes, and steps and segments of at least 1.");
  }
}
