package sparkrnn.feature;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Small series, and windows as plain values. */
final class SeriesRows {

  private SeriesRows() {}

  /** One series: (t, v), one row for each value that is not skipped; null makes a null value. */
  static Dataset<Row> one(SparkSession spark, Object[]... timesAndValues) {
    return of(spark, DataTypes.LongType, timesAndValues);
  }

  /** One series with times of any type. */
  static Dataset<Row> of(SparkSession spark, DataType time, Object[]... timesAndValues) {
    List<Row> rows = new ArrayList<>();
    for (Object[] row : timesAndValues) {
      rows.add(RowFactory.create(row));
    }
    return spark.createDataFrame(
        rows, new StructType().add("t", time).add("v", DataTypes.DoubleType));
  }

  /** One series with times 0, 1, ... */
  static Dataset<Row> counted(SparkSession spark, double... values) {
    Object[][] rows = new Object[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = row((long) i, values[i]);
    }
    return one(spark, rows);
  }

  static Object[] row(Object... values) {
    return values;
  }

  /** A stage for {@link #one}. */
  static SlidingWindow window(int windowSize) {
    return new SlidingWindow().setTimeCol("t").setValueCols("v").setWindowSize(windowSize);
  }

  /** "0..2 [1.0, 2.0, 3.0] -> 3: 4.0" for each window in the order of the first columns. */
  static List<String> show(Dataset<Row> windows) {
    List<String> shown = new ArrayList<>();
    for (Row row : windows.collectAsList()) {
      shown.add(show(row, row.schema()));
    }
    return shown.stream().sorted().toList();
  }

  private static String show(Row row, StructType schema) {
    StringBuilder text = new StringBuilder();
    int start = schema.fieldIndex("windowStart");
    for (int i = 0; i < start; i++) {
      text.append(row.get(i)).append(' ');
    }
    text.append(row.get(start)).append("..").append(row.get(start + 1)).append(' ');
    text.append(plain(row.getAs("features")));
    if (schema.getFieldIndex("label").isDefined()) {
      Object time = row.getAs("targetTime");
      text.append(" -> ").append(time).append(": ").append(plain(row.getAs("label")));
    }
    return text.toString();
  }

  /** Spark's arrays as lists. */
  static Object plain(Object value) {
    if (!(value instanceof Seq<?> elements)) {
      return value;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      list.add(plain(elements.apply(i)));
    }
    return list;
  }
}
