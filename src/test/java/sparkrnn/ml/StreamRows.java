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
import org.apache.spark.sql.types.StructType;

/** Streams of tokens with something to learn, and language models that are quick to train. */
final class StreamRows {

  private static final String[] WORDS = {"net", "rain", "tree", "sea", "moon", "stone", "fire"};

  private StreamRows() {}

  /** Words that follow one another by a rule, but for one in ten. */
  static List<String> words(int count, long seed) {
    Random random = new Random(seed);
    List<String> words = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      at = random.nextInt(10) == 0 ? random.nextInt(WORDS.length) : (3 * at + 1) % WORDS.length;
      words.add(WORDS[at]);
    }
    return words;
  }

  static String text(int words, long seed) {
    return String.join(" ", words(words, seed)) + ".";
  }

  private static Dataset<Row> dataset(SparkSession spark, DataType type, List<Row> rows) {
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.LongType)
            .add("text", type)
            .add("held", DataTypes.BooleanType));
  }

  /** Rows (id, text, held out: the last one) of so many words each. */
  static Dataset<Row> texts(SparkSession spark, int rows, int words) {
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      made.add(RowFactory.create((long) i, text(words, i), i == rows - 1));
    }
    return dataset(spark, DataTypes.StringType, made);
  }

  /** The same with one row of this text, which may be null. */
  static Dataset<Row> text(SparkSession spark, String text) {
    return dataset(spark, DataTypes.StringType, List.of(RowFactory.create(7L, text, false)));
  }

  /** The same with arrays of words. */
  static Dataset<Row> words(SparkSession spark, int rows, int words) {
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      made.add(RowFactory.create((long) i, words(words, i).toArray(new String[0]), i == rows - 1));
    }
    return dataset(spark, DataTypes.createArrayType(DataTypes.StringType), made);
  }

  /** The same with arrays of ids. */
  static Dataset<Row> ids(SparkSession spark, int[]... rows) {
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      made.add(RowFactory.create((long) i, rows[i], i == rows.length - 1));
    }
    return dataset(spark, DataTypes.createArrayType(DataTypes.IntegerType), made);
  }

  /** A small model of the column "text", untrained but for its params. */
  static RnnLanguageModel small() {
    return new RnnLanguageModel()
        .setFeaturesCol("text")
        .setCell("gru")
        .setUnits(12)
        .setEmbeddingSizes(6)
        .setBpttLength(10)
        .setBatchSize(6)
        .setShardSize(2)
        .setLearningRate(0.01)
        .setEpochs(2)
        .setSeed(3);
  }
}
