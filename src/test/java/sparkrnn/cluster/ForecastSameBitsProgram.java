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
import sparkrnn.ml.RnnForecastModel;
import sparkrnn.ml.RnnForecaster;

/**
 * Fits a forecaster on one master with several input partitionings and prints one line for each:
 * "forecast partitions digest-of-weights-and-reaches".
 */
final class ForecastSameBitsProgram {

  private ForecastSameBitsProgram() {}

  /** Argument: the master. */
  public static void main(String[] arguments) throws NoSuchAlgorithmException {
    SparkSession spark =
        SparkSession.builder()
            .master(arguments[0])
            .appName("same bits of forecasts")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "5")
            .getOrCreate();
    for (int partitions : new int[] {1, 6}) {
      Dataset<Row> data = data(spark).repartition(partitions);
      RnnForecastModel model =
          new RnnForecaster()
              .setKeyCols("key")
              .setTimeCol("t")
              .setTargetCols("y")
              .setFutureCovariateCols("f")
              .setStaticCovariateCols("size", "kind")
              .setContextLength(6)
              .setHorizon(3)
              .setScaling("series")
              .setDistribution("studentT")
              .setUnits(5)
              .setEpochs(2)
              .setBatchSize(20)
              .setShardSize(4)
              .setValidationFraction(0.3)
              .setSeed(3)
              .fit(data);
      System.out.println(
          String.join(" ", "forecast", String.valueOf(partitions), digest(model, data)));
    }
    spark.stop();
  }

  private static Dataset<Row> data(SparkSession spark) {
    Random random = new Random(23);
    List<Row> rows = new ArrayList<>();
    for (int key = 0; key < 5; key++) {
      for (long t = 0; t < 40; t++) {
        double f = random.nextGaussian();
        double y = Math.sin((double) t) + 0.1 * f + key;
        rows.add(RowFactory.create("series " + key, t, y, f, 1.0 / (3 + key), "kind " + key % 2));
      }
    }
    StructType schema =
        new StructType()
            .add("key", DataTypes.StringType)
            .add("t", DataTypes.LongType)
            .add("y", DataTypes.DoubleType)
            .add("f", DataTypes.DoubleType)
            .add("size", DataTypes.DoubleType)
            .add("kind", DataTypes.StringType);
    return spark.createDataFrame(rows, schema);
  }

  private static String digest(RnnForecastModel model, Dataset<Row> data)
      throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (float[] tensor : model.weights().values()) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * tensor.length);
      bytes.asFloatBuffer().put(tensor);
      digest.update(bytes);
    }
    double error = model.calibrate(data, 2, "").backtest(data, 1, "").model().mae();
    digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(error).flip());
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }
}
