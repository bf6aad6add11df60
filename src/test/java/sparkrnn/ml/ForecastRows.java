package sparkrnn.ml;

import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small data sets of hourly series. */
final class ForecastRows {

  /** The columns of {@link #shops}. */
  static final StructType SCHEMA =
      new StructType()
          .add("shop", DataTypes.StringType)
          .add("ts", DataTypes.TimestampType)
          .add("load", DataTypes.DoubleType)
          .add("heat", DataTypes.DoubleType)
          .add("price", DataTypes.DoubleType)
          .add("open", DataTypes.BooleanType)
          .add("size", DataTypes.IntegerType)
          .add("kind", DataTypes.StringType);

  private ForecastRows() {}

  static Timestamp hour(int t) {
    return Timestamp.from(
        LocalDateTime.of(2024, 1, 1, 0, 0).plusHours(t).toInstant(ZoneOffset.UTC));
  }

  /** A wave of six hours about a level that the shop has, with noise, pushed by the price. */
  static List<Row> rows(String shop, int count, int size, String kind) {
    Random random = new Random(shop.hashCode());
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      double price = (t / 5) % 3;
      double wave = Math.sin(2 * Math.PI * t / 6);
      double load = size * (10 + 2 * wave + 0.5 * price + 0.1 * random.nextGaussian());
      double heat = 3 + wave * wave + 0.05 * random.nextGaussian();
      rows.add(RowFactory.create(shop, hour(t), load, heat, price, t % 2 == 0, size, kind));
    }
    return rows;
  }

  static Dataset<Row> frame(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  /** Three shops of 60 rows. */
  static List<Row> shopRows() {
    List<Row> rows = new ArrayList<>(rows("a", 60, 1, "city"));
    rows.addAll(rows("b", 60, 20, "city"));
    rows.addAll(rows("c", 60, 3, "village"));
    return rows;
  }

  static Dataset<Row> shops(SparkSession spark) {
    return frame(spark, shopRows());
  }

  /** The rows with a column of one of them replaced. */
  static List<Row> with(List<Row> rows, int row, String column, Object value) {
    List<Row> changed = new ArrayList<>(rows);
    Object[] values = new Object[SCHEMA.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(row).get(i);
    }
    values[SCHEMA.fieldIndex(column)] = value;
    changed.set(row, RowFactory.create(values));
    return changed;
  }

  /** The rows without one. */
  static List<Row> without(List<Row> rows, int row) {
    List<Row> changed = new ArrayList<>(rows);
    changed.remove(row);
    return changed;
  }

  /** All kinds of columns, a small network and few epochs. */
  static RnnForecaster small() {
    return plain()
        .setTargetCols("load", "heat")
        .setFutureCovariateCols("price")
        .setPastCovariateCols("open")
        .setStaticCovariateCols("size", "kind")
        .setLags(6);
  }

  /** One target of shops, without covariates. */
  static RnnForecaster plain() {
    return new RnnForecaster()
        .setKeyCols("shop")
        .setTimeCol("ts")
        .setTargetCols("load")
        .setContextLength(8)
        .setHorizon(4)
        .setSeasonLength(6)
        .setCell("gru")
        .setUnits(6)
        .setEpochs(2)
        .setBatchSize(16)
        .setSeed(5);
  }
}
