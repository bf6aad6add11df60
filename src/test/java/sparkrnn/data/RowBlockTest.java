package sparkrnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import sparkrnn.RandomTest;

/** If these fail, rows are lost, doubled or out of their order on the way to the workers. */
class RowBlockTest {

  @RandomTest
  void rowsComeInTheOrderOfTheirContentWhateverTheInputPartitions(Random random) {
    List<byte[]> rows = rows(random, 1 + random.nextInt(2000), 40);
    KeyBuckets buckets = new KeyBuckets(1 + random.nextInt(5));
    List<byte[]> read = new ArrayList<>();
    for (int partition = 0; partition < buckets.numPartitions(); partition++) {
      Iterator<byte[]> sorted = new BucketReader(shuffled(rows, buckets, partition, random));
      sorted.forEachRemaining(read::add);
    }
    assertThat(read).usingElementComparator(Arrays::compare).containsExactlyElementsOf(order(rows));
  }

  /** The same array comes each time: of what half of the data repeats one copy is in memory. */
  @Test
  void equalRowsAreHeldOnce() {
    DecodedSequence sequence = new DecodedSequence(new float[100], 100, 1);
    byte[] row = EncodedRow.encode(sequence, new float[1], 1, false);
    List<Tuple2<Long, byte[]>> blocks = new ArrayList<>();
    new BucketWriter(Collections.nCopies(5000, row).iterator(), new KeyBuckets(1))
        .forEachRemaining(blocks::add);
    List<byte[]> read = new ArrayList<>();
    new BucketReader(blocks.iterator()).forEachRemaining(read::add);
    assertThat(read).hasSize(5000).allMatch(each -> each == read.get(0));
    assertThat(read.get(0)).isEqualTo(row);
  }

  @RandomTest
  void blocksAreHandedOutBeforeTheyTakeTooMuchMemory(Random random) {
    List<byte[]> rows = rows(random, 60_000, 400);
    long[] held = {0, 0};
    Iterator<byte[]> counted =
        rows.stream().peek(row -> held[0] += row.length + (long) Integer.BYTES).iterator();
    BucketWriter writer = new BucketWriter(counted, new KeyBuckets(400));
    while (writer.hasNext()) {
      held[1] = Math.max(held[1], held[0]);
      held[0] -= writer.next()._2().length;
    }
    assertThat(held[0]).isZero();
    assertThat(held[1]).isBetween(BucketWriter.MOST_BYTES, BucketWriter.MOST_BYTES + 4_000);
  }

  @RandomTest
  void ranksGoOnWhereTheLastPartitionEndedAndBlocksBelongToOneWorker(Random random) {
    List<byte[]> rows = rows(random, 1 + random.nextInt(3000), 300);
    long training = rows.stream().filter(row -> !EncodedRow.validation(row)).count();
    BatchPlan plan = new BatchPlan(training + 100, 16, 8, 1);
    EvaluationPlan evaluation = new EvaluationPlan(rows.size() - training + 100, plan.shards());
    RankPartitioner workers =
        new RankPartitioner(plan, evaluation, 1 + random.nextInt(plan.shards()));
    RankWriter writer = new RankWriter(rows.iterator(), workers, 60, 40);
    long[] next = {60, RankPartitioner.VALIDATION + 40};
    List<byte[]> read = new ArrayList<>();
    while (writer.hasNext()) {
      Tuple2<Long, byte[]> block = writer.next();
      int kind = block._1() >= RankPartitioner.VALIDATION ? 1 : 0;
      assertThat(block._1()).isEqualTo(next[kind]);
      Iterator<byte[]> each = RowBlock.rows(List.of(block).iterator());
      while (each.hasNext()) {
        byte[] row = each.next();
        assertThat(EncodedRow.validation(row)).isEqualTo(kind == 1);
        assertThat(workers.getPartition(next[kind])).isEqualTo(workers.getPartition(block._1()));
        next[kind]++;
        read.add(row);
      }
    }
    assertThat(read)
        .usingElementComparator(Arrays::compare)
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  /** Some of them equal. */
  private static List<byte[]> rows(Random random, int count, int mostTimeSteps) {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.nextInt(10) == 0) {
        rows.add(rows.get(random.nextInt(i)));
        continue;
      }
      float[] values = new float[1 + random.nextInt(mostTimeSteps)];
      values[0] = random.nextFloat();
      DecodedSequence sequence = new DecodedSequence(values, values.length, 1);
      rows.add(EncodedRow.encode(sequence, new float[1], 1, random.nextInt(4) == 0));
    }
    return rows;
  }

  /** What a shuffle of several input partitions brings to one partition, sorted by its buckets. */
  private static Iterator<Tuple2<Long, byte[]>> shuffled(
      List<byte[]> rows, KeyBuckets buckets, int partition, Random random) {
    List<Tuple2<Long, byte[]>> blocks = new ArrayList<>();
    int cut = random.nextInt(rows.size());
    for (List<byte[]> input : List.of(rows.subList(cut, rows.size()), rows.subList(0, cut))) {
      new BucketWriter(input.iterator(), buckets).forEachRemaining(blocks::add);
    }
    return blocks.stream()
        .filter(block -> buckets.getPartition(block._1()) == partition)
        .sorted(Comparator.comparing(block -> block._1()))
        .iterator();
  }

  private static List<byte[]> order(List<byte[]> rows) {
    return rows.stream()
        .sorted(Comparator.<byte[]>comparingLong(EncodedRow::key).thenComparing(Arrays::compare))
        .toList();
  }
}
