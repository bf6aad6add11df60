package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Small data sets of words and labels, in which the words around a word decide its label.
 *
 * <p>Word 1 begins an A and word 2 a B; any number of words 3 after it belong to it, and are
 * nothing elsewhere; word 4 is a B if word 5 follows, and nothing elsewhere.
 */
final class TagRows {

  static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final DataType IDS = DataTypes.createArrayType(DataTypes.IntegerType);
  private static final List<String> NAMES = List.of("B-A", "B-B", "I-A", "I-B", "O");

  private TagRows() {}

  /** (id, features: 1 to 9 words from 0 to 5, label: as many texts). */
  static Dataset<Row> texts(SparkSession spark, int rows) {
    return spark.createDataFrame(rows(rows), SequenceRows.schema(IDS, TEXTS));
  }

  /** The labels are whole numbers with gaps: 10 times the place of the text, less 7. */
  static Dataset<Row> numbers(SparkSession spark, int rows) {
    return texts(spark, rows)
        .selectExpr(
            "id",
            "features",
            "transform(label, tag -> array_position(array('"
                + String.join("', '", NAMES)
                + "'), tag) * 10 - 17) AS label");
  }

  private static List<Row> rows(int count) {
    Random random = new Random(29);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      int[] words = random.ints(1 + random.nextInt(9), 0, 6).toArray();
      rows.add(RowFactory.create(id, words, labels(words)));
    }
    return rows;
  }

  private static String[] labels(int[] words) {
    String[] labels = new String[words.length];
    String inside = "O";
    for (int t = 0; t < words.length; t++) {
      boolean fiveFollows = t + 1 < words.length && words[t + 1] == 5;
      inside =
          switch (words[t]) {
            case 1 -> "A";
            case 2 -> "B";
            case 3 -> inside;
            default -> "O";
          };
      boolean begins = words[t] != 3;
      labels[t] = inside.equals("O") ? "O" : (begins ? "B-" : "I-") + inside;
      if (words[t] == 4 && fiveFollows) {
        labels[t] = "B-B";
      }
    }
    return labels;
  }

  /** Good rows with one more whose id is 17. */
  static Dataset<Row> withRow17(SparkSession spark, Object features, Object label) {
    List<Row> rows = new ArrayList<>(rows(17));
    rows.add(RowFactory.create(17L, features, label));
    return spark.createDataFrame(rows, SequenceRows.schema(IDS, TEXTS));
  }

  /** A small network and few epochs. */
  static RnnTagger small() {
    return new RnnTagger()
        .setEmbeddingSizes(5)
        .setVocabularySizes(6)
        .setUnits(8)
        .setEpochs(2)
        .setBatchSize(8)
        .setSeed(5);
  }

  /** Enough to learn. */
  static RnnTagger learning() {
    return small().setCell("lstm").setBidirectional(true).setEpochs(12).setLearningRate(0.03);
  }
}
