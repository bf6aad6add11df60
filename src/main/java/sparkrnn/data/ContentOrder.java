package sparkrnn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * The rows of a fit in the order of their content, whatever the partitioning of the input: sorted
 * by the 64-bit key of their bytes, then by the bytes, so that only equal rows are interchangeable.
 */
final class ContentOrder {

  private final JavaPairRDD<Long, byte[]> sorted;

  private ContentOrder(JavaPairRDD<Long, byte[]> sorted) {
    this.sorted = sorted;
  }

  /**
   * Plans the first shuffle; runs nothing.
   *
   * @param rows projected by the encoder
   * @param partitions ranges of keys; changes no result
   */
  static ContentOrder of(JavaRDD<Row> rows, RowEncoder encoder, int partitions) {
    JavaPairRDD<Long, byte[]> keyed =
        rows.mapPartitionsToPair(iterator -> new EncodingIterator(iterator, encoder));
    return new ContentOrder(
        keyed.repartitionAndSortWithinPartitions(new KeyRangePartitioner(partitions)));
  }

  /** One Spark job: what each range of keys holds, in the order of the ranges. */
  List<PartitionCensus> census() {
    return sorted.mapPartitions(iterator -> List.of(count(iterator)).iterator()).collect();
  }

  /** One Spark job over what was shuffled already: the largest value of every feature. */
  List<Float> largest(int features) {
    float[] all = new float[features];
    sorted
        .mapPartitions(rows -> List.of(largest(rows, features)).iterator())
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

  private static float[] largest(Iterator<Tuple2<Long, byte[]>> rows, int features) {
    float[] largest = new float[features];
    float[] values = new float[0];
    while (rows.hasNext()) {
      byte[] row = rows.next()._2();
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

  private static PartitionCensus count(Iterator<Tuple2<Long, byte[]>> rows) {
    PartitionCensus census = PartitionCensus.EMPTY;
    while (rows.hasNext()) {
      census = census.plus(EncodingNote.censusOf(rows.next()._2()));
    }
    return census;
  }

  /**
   * The second shuffle: every row on the worker that holds its virtual partition, in the order of
   * the ranks. Validation rows have ranks of their own, from {@link RankPartitioner#VALIDATION} on.
   *
   * @param census of {@link #census}
   */
  JavaPairRDD<Long, byte[]> byRank(List<PartitionCensus> census, RankPartitioner workers) {
    long[] training = new long[census.size()];
    long[] validation = new long[census.size()];
    for (int i = 1; i < census.size(); i++) {
      training[i] = training[i - 1] + census.get(i - 1).training();
      validation[i] = validation[i - 1] + census.get(i - 1).validation();
    }
    return sorted
        .mapPartitionsWithIndex(
            (index, rows) -> rank(rows, training[index], validation[index]), true)
        .mapToPair(row -> row)
        .repartitionAndSortWithinPartitions(workers);
  }

  private static Iterator<Tuple2<Long, byte[]>> rank(
      Iterator<Tuple2<Long, byte[]>> rows, long firstTraining, long firstValidation) {
    Iterator<byte[]> ordered = new EqualKeyOrder(rows);
    return new Iterator<>() {
      private long training = firstTraining;
      private long validation = RankPartitioner.VALIDATION + firstValidation;

      @Override
      public boolean hasNext() {
        return ordered.hasNext();
      }

      @Override
      public Tuple2<Long, byte[]> next() {
        byte[] row = ordered.next();
        return new Tuple2<>(EncodedRow.validation(row) ? validation++ : training++, row);
      }
    };
  }

  /** Sends consecutive ranges of the 64-bit keys, which are evenly spread, to partitions. */
  private static final class KeyRangePartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int partitions;

    KeyRangePartitioner(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      long unsigned = ((Long) key >>> 32) ^ 0x80000000L;
      return (int) ((unsigned * partitions) >>> 32);
    }
  }

  /** Sorts the rows of equal keys by their bytes; leaves out the notes about skipped rows. */
  private static final class EqualKeyOrder implements Iterator<byte[]> {
    private final Iterator<Tuple2<Long, byte[]>> rows;
    private Tuple2<Long, byte[]> ahead;
    private Iterator<byte[]> run = List.<byte[]>of().iterator();

    EqualKeyOrder(Iterator<Tuple2<Long, byte[]>> rows) {
      this.rows = rows;
      advance();
    }

    private void advance() {
      ahead = null;
      while (ahead == null && rows.hasNext()) {
        Tuple2<Long, byte[]> row = rows.next();
        ahead = EncodingNote.is(row._2()) ? null : row;
      }
    }

    @Override
    public boolean hasNext() {
      return run.hasNext() || ahead != null;
    }

    @Override
    public byte[] next() {
      if (!run.hasNext()) {
        run = nextRun();
      }
      return run.next();
    }

    private Iterator<byte[]> nextRun() {
      long key = ahead._1();
      byte[] first = ahead._2();
      advance();
      if (ahead == null || ahead._1() != key) {
        return List.of(first).iterator();
      }
      TreeMap<byte[], Integer> copies = new TreeMap<>(Arrays::compare);
      copies.put(first, 1);
      while (ahead != null && ahead._1() == key) {
        copies.merge(ahead._2(), 1, Integer::sum);
        advance();
      }
      List<byte[]> ordered = new ArrayList<>();
      copies.forEach(
          (row, times) -> {
            for (int i = 0; i < times; i++) {
              ordered.add(row);
            }
          });
      return ordered.iterator();
    }
  }
}
