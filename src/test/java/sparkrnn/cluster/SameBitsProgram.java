package sparkrnn.cluster;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkrnn.ml.RnnClassificationModel;
import sparkrnn.ml.RnnClassifier;
import sparkrnn.ml.RnnLanguageModel;
import sparkrnn.ml.RnnModel;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.ml.RnnTagger;
import sparkrnn.ml.RnnTaggingModel;
import sparkrnn.ml.RnnTextModel;

/**
 * Fits small networks on one master, with the first exchange on every input partitioning and with
 * the others, which see nothing of the input, on one of them in turn; prints one line for each:
 * "exchange partitions cell digest-of-the-weights".
 */
final class SameBitsProgram {

  private static final int ROWS = 90;
  private static final int[] PARTITIONINGS = {1, 3, 8};

  private SameBitsProgram() {}

  private static int[] partitionings(int exchange) {
    return exchange == 1
        ? PARTITIONINGS
        : new int[] {PARTITIONINGS[exchange % PARTITIONINGS.length]};
  }

  /** Arguments: the master, then the exchanges. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master(arguments[0])
            .appName("same bits")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
    for (int i = 1; i < arguments.length; i++) {
      for (int partitions : partitionings(i)) {
        for (String cell : List.of("simpleRnn", "lstm", "gru")) {
          RnnRegressionModel model =
              estimator(cell).setExchange(arguments[i]).fit(data(spark, partitions));
          System.out.println(
              String.join(" ", arguments[i], String.valueOf(partitions), cell, digest(model)));
        }
        RnnClassificationModel model =
            classifier().setExchange(arguments[i]).fit(classes(spark, partitions));
        System.out.println(
            String.join(" ", arguments[i], String.valueOf(partitions), "classes", digest(model)));
        RnnTaggingModel tags = tagger().setExchange(arguments[i]).fit(tags(spark, partitions));
        System.out.println(
            String.join(" ", arguments[i], String.valueOf(partitions), "tagger", digest(tags)));
        RnnTextModel texts = language().setExchange(arguments[i]).fit(texts(spark, partitions));
        System.out.println(
            String.join(" ", arguments[i], String.valueOf(partitions), "language", digest(texts)));
      }
    }
    spark.stop();
  }

  /**
   * Two layers, batches of five shards, validation and clipping: everything that sums floats. The
   * LSTM is bidirectional, pools, drops and zones out too; the GRU is computed in segments.
   */
  static RnnRegressor estimator(String cell) {
    boolean dropping = cell.equals("lstm");
    boolean cut = cell.equals("gru");
    return new RnnRegressor()
        .setGradientCheckpointing(cut)
        .setBpttLength(cut ? 5 : 0)
        .setBidirectional(dropping)
        .setPooling(dropping ? "mean" : "last")
        .setDropout(dropping ? 0.2 : 0)
        .setRecurrentDropout(dropping ? 0.3 : 0)
        .setZoneout(dropping ? 0.1 : 0)
        .setRecurrentWeightDrop(dropping ? 0.2 : 0)
        .setCell(cell)
        .setUnits(9, 5)
        .setEpochs(2)
        .setBatchSize(20)
        .setShardSize(4)
        .setGlobalClipNorm(0.5)
        .setValidationFraction(0.2)
        .setSeed(3);
  }

  /** Ids with a learnt vector beside a number, classes with weights. */
  private static RnnClassifier classifier() {
    return new RnnClassifier()
        .setEmbeddingSizes(4, 0, 0)
        .setClassWeighting("balanced")
        .setCell("gru")
        .setUnits(6)
        .setPooling("max")
        .setEpochs(2)
        .setBatchSize(20)
        .setShardSize(4)
        .setSeed(3);
  }

  /** The first feature of each time step made an id, and the sign of the label a class. */
  private static Dataset<Row> classes(SparkSession spark, int partitions) {
    return data(spark, partitions)
        .selectExpr(
            "transform(features, x -> array(float(int(abs(x[0]) * 3)), x[1], x[2])) AS features",
            "IF(label[0] > 0, 'up', 'down') AS label");
  }

  /** Embeddings of two columns, found vocabularies, weights and labels of time steps. */
  static RnnLanguageModel language() {
    return new RnnLanguageModel()
        .setFeaturesCol("text")
        .setCell("lstm")
        .setUnits(9, 6)
        .setEmbeddingSizes(6)
        .setTieWeights(true)
        .setDropout(0.2)
        .setRecurrentDropout(0.2)
        .setOutputDropout(0.3)
        .setEpochs(2)
        .setBpttLength(7)
        .setBatchSize(10)
        .setShardSize(2)
        .setGlobalClipNorm(0.5)
        .setValidationFraction(0.2)
        .setSeed(3);
  }

  /** The sequences as texts. */
  static Dataset<Row> texts(SparkSession spark, int partitions) {
    return data(spark, partitions)
        .selectExpr(
            "array_join(transform(features, x -> chr(97 + int(abs(9 * x[0])) % 20)), '') AS text");
  }

  static RnnTagger tagger() {
    return new RnnTagger()
        .setFeaturesCols("word", "size")
        .setEmbeddingSizes(4, 0)
        .setWeightCol("importance")
        .setCell("lstm")
        .setBidirectional(true)
        .setBpttLength(6)
        .setDropout(0.2)
        .setUnits(9, 5)
        .setEpochs(2)
        .setBatchSize(20)
        .setShardSize(4)
        .setGlobalClipNorm(0.5)
        .setValidationFraction(0.2)
        .setSeed(3);
  }

  /**
   * A word for each time step and a label that depends on the word before; every fifth has none.
   */
  static Dataset<Row> tags(SparkSession spark, int partitions) {
    return data(spark, partitions)
        .selectExpr("transform(features, x -> int(abs(10 * x[0]))) AS word", "features")
        .selectExpr(
            "word",
            "transform(features, x -> x[1]) AS size",
            "transform(word, (w, t) -> if((w + t) % 5 = 0, NULL, 'after '"
                + " || (if(t = 0, w, word[t - 1]) % 3))) AS label",
            "transform(word, w -> 1 / (1 + w)) AS importance");
  }

  /**
   * Sequences of 1 to 12 time steps, some of them equal, in an order that is the partitioning's.
   */
  static Dataset<Row> data(SparkSession spark, int partitions) {
    Random random = new Random(17);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      float[][] sequence = new float[1 + random.nextInt(12)][3];
      float sum = 0;
      for (float[] step : sequence) {
        for (int j = 0; j < step.length; j++) {
          step[j] = (float) random.nextGaussian();
          sum += step[j];
        }
      }
      rows.add(RowFactory.create(sequence, new double[] {sum, -sum / 3}));
    }
    rows.addAll(rows.subList(0, 5));
    java.util.Collections.shuffle(rows, new Random(partitions));
    return spark
        .createDataFrame(
            rows,
            new StructType()
                .add(
                    "features",
                    DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)))
                .add("label", DataTypes.createArrayType(DataTypes.DoubleType)))
        .repartition(partitions);
  }

  /** The first bytes of the SHA-256 of all weights. */
  static String digest(RnnModel<?> model) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (float[] tensor : model.weights().values()) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * tensor.length);
        bytes.asFloatBuffer().put(tensor);
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
