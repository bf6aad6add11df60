package sparkrnn.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * The rows of a fit in the order of their content, whatever the partitioning of the input: sorted
 * by the 64-bit key of their bytes, then by the bytes, so that only equal rows are interchangeable.
 */
final class ContentOrder {

  private final JavaPairRDD<Long, byte[]> blocks;

  private ContentOrder(JavaPairRDD<Long, byte[]> blocks) {
    this.blocks = blocks;
  }

  /**
   * Plans the first shuffle; runs nothing.
   *
   * @param rows projected by the encoder
   * @param partitions ranges of keys; changes no result
   */
  static ContentOrder of(JavaRDD<Row> rows, RowEncoder encoder, int partitions) {
    KeyBuckets buckets = new KeyBuckets(partitions);
    JavaPairRDD<Long, byte[]> blocks =
        rows.mapPartitionsToPair(
            iterator -> new BucketWriter(new EncodingIterator(iterator, encoder), buckets));
    return new ContentOrder(blocks.repartitionAndSortWithinPartitions(buckets));
  }

  /** One Spark job: what each range of keys holds, in the order of the ranges. */
  List<PartitionCensus> census() {
    return blocks.mapPartitions(each -> List.of(count(RowBlock.rows(each))).iterator()).collect();
  }

  /** One Spark job over what was shuffled already: the largest value of every feature. */
  List<Float> largest(int features) {
    float[] all = new float[features];
    blocks
        .mapPartitions(each -> List.of(largest(RowBlock.rows(each), features)).iterator())
        .collect()
        .forEach(
            each -> {
              for (int feature = 0; feature < features; feature++) {
                all[feature] = Math.max(all[feature], each[feature]);
              }
            });
    List<Float> largest = new ArrayList<>();
    for (float each : all) {
      largest.add(each);
    }
    return largest;
  }

  private static float[] largest(Iterator<byte[]> rows, int features) {
    float[] largest = new float[features];
    float[] values = new float[0];
    while (rows.hasNext()) {
      byte[] row = rows.next();
      if (!EncodingNote.is(row)) {
        int size = EncodedRow.timeSteps(row) * EncodedRow.features(row);
        values = values.length < size ? new float[size] : values;
        EncodedRow.copyValues(row, values, 0);
        for (int i = 0; i < size; i++) {
          int feature = i % EncodedRow.features(row);
          if (feature < features) {
            largest[feature] = Math.max(largest[feature], values[i]);
          }
        }
      }
    }
    return largest;
  }

  private static PartitionCensus count(Iterator<byte[]> rows) {
    PartitionCensus census = PartitionCensus.EMPTY;
    while (rows.hasNext()) {
      census = census.plus(EncodingNote.censusOf(rows.next()));
    }
    return census;
  }

  /**
   * The second shuffle: every row on the worker that holds its virtual partition, in the order of
   * the ranks. Validation rows have ranks of their own, from {@link RankPartitioner#VALIDATION} on.
   *
   * @param census of {@link #census}
   */
  JavaRDD<byte[]> byRank(List<PartitionCensus> census, RankPartitioner workers) {
    long[] training = new long[census.size()];
    long[] validation = new long[census.size()];
    for (int i = 1; i < census.size(); i++) {
      training[i] = training[i - 1] + census.get(i - 1).training();
      validation[i] = validation[i - 1] + census.get(i - 1).validation();
    }
    return blocks
        .mapPartitionsWithIndex(
            (index, shuffled) ->
                new RankWriter(
                    new BucketReader(shuffled), workers, training[index], validation[index]),
            true)
        .mapToPair(block -> block)
        .repartitionAndSortWithinPartitions(workers)
        .mapPartitions(RowBlock::rows, true);
  }
}
