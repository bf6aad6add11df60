package sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;

class PackedSequencesTest {

  @Test
  void exampleOfTheClassComment() {
    PackedSequences packed = PackedSequences.of(3, 2, 2, 1);
    assertThat(packed.sequences()).isEqualTo(4);
    assertThat(packed.timeSteps()).isEqualTo(3);
    assertThat(packed.rows()).isEqualTo(8);
    assertThat(new int[] {packed.liveRows(0), packed.liveRows(1), packed.liveRows(2)})
        .containsExactly(4, 3, 1);
    assertThat(new int[] {packed.firstRow(0), packed.firstRow(1), packed.firstRow(2)})
        .containsExactly(0, 4, 7);
    assertThat(new int[] {packed.lastRow(0), packed.lastRow(1), packed.lastRow(3)})
        .containsExactly(7, 5, 3);
    assertThat(packed.length(1)).isEqualTo(2);
    assertThat(packed).hasToString("PackedSequences[3, 2, 2, 1]");
  }

  @RandomTest
  void rowsAreCountedAsOneByOne(Random random) {
    for (int i = 0; i < 100; i++) {
      Shard shard = Shard.draw(random, 2 + random.nextInt(20), 1 + random.nextInt(30));
      PackedSequences packed = shard.packed();
      assertThat(packed.rows()).isEqualTo(shard.rows());
      for (int s = 0; s < packed.sequences(); s++) {
        int last = shard.lengths()[s] - 1;
        assertThat(packed.lastRow(s)).as("%s", packed).isEqualTo(shard.row(s, last));
        assertThat(packed.firstRow(last) + s).isEqualTo(shard.row(s, last));
        assertThat(packed.liveRows(last)).isGreaterThan(s);
        assertThat(packed.liveRows(last + 1)).isLessThanOrEqualTo(s);
      }
    }
  }

  @RandomTest
  void mirrorRowIsAsFarFromTheEnd(Random random) {
    for (int i = 0; i < 30; i++) {
      Shard shard = Shard.draw(random, 2 + random.nextInt(20), 1 + random.nextInt(30));
      PackedSequences packed = shard.packed();
      for (int s = 0; s < packed.sequences(); s++) {
        for (int t = 0; t < packed.length(s); t++) {
          assertThat(packed.mirrorRow(s, t))
              .as("%s", packed)
              .isEqualTo(shard.row(s, shard.lengths()[s] - 1 - t));
        }
      }
    }
  }

  @Test
  void withoutSequencesNothingIsAlive() {
    PackedSequences packed = PackedSequences.of(4, 2);
    packed.reset(new int[0], 0);
    assertThat(packed.sequences()).isZero();
    assertThat(packed.timeSteps()).isZero();
    assertThat(packed.rows()).isZero();
    assertThat(packed.liveRows(0)).isZero();
    assertThat(PackedSequences.of().rows()).isZero();
  }

  @RandomTest
  void resetForgetsTheShardBefore(Random random) {
    PackedSequences reused = new PackedSequences();
    for (int i = 0; i < 50; i++) {
      int[] lengths = Shard.draw(random, 2 + random.nextInt(9), 1 + random.nextInt(9)).lengths();
      reused.reset(lengths, lengths.length);
      PackedSequences fresh = PackedSequences.of(lengths);
      assertThat(reused).hasToString(fresh.toString());
      assertThat(reused.rows()).isEqualTo(fresh.rows());
      for (int t = 0; t < 10; t++) {
        assertThat(reused.liveRows(t)).isEqualTo(fresh.liveRows(t));
      }
    }
  }

  @Test
  void onlyTheFirstLengthsCountAndTheyAreCopied() {
    int[] lengths = {3, 2, 99};
    PackedSequences packed = new PackedSequences();
    packed.reset(lengths, 2);
    lengths[0] = 1;
    assertThat(packed).hasToString("PackedSequences[3, 2]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -4, 6})
  void lengthBelowOneOrAboveTheOneBeforeIsRefused(int length) {
    PackedSequences packed = PackedSequences.of(2, 1);
    assertThatThrownBy(() -> packed.reset(new int[] {5, length, 1}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "PackedSequences: length %d of sequence 1; lengths must be at least 1 and sorted,"
                + " longest first.",
            length);
    assertThat(packed).hasToString("PackedSequences[2, 1]");
    assertThat(packed.rows()).isEqualTo(3);
  }

  @Test
  void smallerShardAllocatesNothing() {
    PackedSequences packed = PackedSequences.of(9, 8, 7, 6);
    int[] lengths = {5, 4, 1};
    assertThat(Allocation.bytesPerRun(() -> packed.reset(lengths, 3))).isZero();
    assertThat(packed.rows()).isEqualTo(10);
  }
}
