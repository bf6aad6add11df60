package sparkrnn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Counts the tokens of a data set and makes a vocabulary of them: one Spark job. */
public final class VocabularyCensus {

  private VocabularyCensus() {}

  /**
   * The vocabulary of a column; rows that can't be used don't count.
   *
   * @param owner the stage, for messages
   * @param minCount how often a text must be found to be in it, at least 1
   * @param maxSize how many texts are in it at most, the commonest, and of equally common ones the
   *     first in the order of their characters; 0 for all
   * @throws IllegalArgumentException if the column can't be used or nothing is left
   */
  public static Vocabulary of(
      Dataset<?> dataset, String owner, String column, int minCount, int maxSize) {
    Vocabulary.Kind kind = Vocabulary.Kind.of(owner, dataset.schema(), column);
    JavaRDD<Row> rows = dataset.select(RowEncoder.column(dataset, column)).toJavaRDD();
    Vocabulary found =
        kind == Vocabulary.Kind.IDS ? ofIds(rows) : of(rows, kind, minCount, maxSize);
    int least = found.hasUnknown() ? 2 : 1;
    if (found.size() < least) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the vocabulary is empty: column \"%s\" (featuresCol) holds no token that is found"
                  + " at least %d time(s) (minCount). Check featuresCol and the rows, or lower"
                  + " minCount.",
              owner,
              column,
              minCount));
    }
    return found;
  }

  private static Vocabulary of(JavaRDD<Row> rows, Vocabulary.Kind kind, int minCount, int maxSize) {
    List<Tuple2<String, Long>> all =
        new ArrayList<>(
            summed(rows.mapPartitionsToPair(each -> countTexts(each, kind).iterator())).collect());
    all.sort(
        Comparator.comparingLong((Tuple2<String, Long> each) -> -each._2())
            .thenComparing(Tuple2::_1));
    List<String> tokens = new ArrayList<>(List.of(""));
    List<Long> counts = new ArrayList<>(List.of(0L));
    long leftOut = 0;
    for (Tuple2<String, Long> each : all) {
      if (each._2() < minCount || (maxSize > 0 && tokens.size() > maxSize)) {
        leftOut += each._2();
      } else {
        tokens.add(each._1());
        counts.add(each._2());
      }
    }
    counts.set(Vocabulary.UNKNOWN, leftOut);
    return new Vocabulary(kind, tokens, counts);
  }

  private static List<Tuple2<String, Long>> countTexts(Iterator<Row> rows, Vocabulary.Kind kind) {
    Map<String, Long> counts = new HashMap<>();
    while (rows.hasNext()) {
      Map<String, Long> ofRow = new HashMap<>();
      try {
        TokenReader.forEachText(
            kind, rows.next().get(0), (place, token) -> ofRow.merge(token, 1L, Long::sum));
      } catch (InvalidSequenceException reportedWhenTheRowsAreRead) {
        continue;
      }
      ofRow.forEach((token, count) -> counts.merge(token, count, Long::sum));
    }
    return pairs(counts);
  }

  private static Vocabulary ofIds(JavaRDD<Row> rows) {
    List<Tuple2<Integer, Long>> all =
        summed(rows.mapPartitionsToPair(each -> countIds(each).iterator())).collect();
    int size = all.stream().mapToInt(Tuple2::_1).max().orElse(-1) + 1;
    Long[] counts = new Long[size];
    Arrays.fill(counts, 0L);
    all.forEach(each -> counts[each._1()] = each._2());
    return new Vocabulary(Vocabulary.Kind.IDS, List.of(), List.of(counts));
  }

  private static List<Tuple2<Integer, Long>> countIds(Iterator<Row> rows) {
    Map<Integer, Long> counts = new HashMap<>();
    while (rows.hasNext()) {
      for (int id : usableIds(rows.next())) {
        counts.merge(id, 1L, Long::sum);
      }
    }
    return pairs(counts);
  }

  /** None of a row that can't be used: that is reported when the rows are read for the fit. */
  private static int[] usableIds(Row row) {
    try {
      return TokenReader.readIds(row.get(0));
    } catch (InvalidSequenceException reportedLater) {
      return new int[0];
    }
  }

  private static <K> List<Tuple2<K, Long>> pairs(Map<K, Long> counts) {
    List<Tuple2<K, Long>> pairs = new ArrayList<>(counts.size());
    counts.forEach((token, count) -> pairs.add(new Tuple2<>(token, count)));
    return pairs;
  }

  private static <K> JavaPairRDD<K, Long> summed(JavaPairRDD<K, Long> counts) {
    return counts.reduceByKey(Long::sum);
  }
}
