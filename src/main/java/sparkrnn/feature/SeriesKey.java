package sparkrnn.feature;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** The values of key columns as texts that do not depend on the session. */
final class SeriesKey {

  private SeriesKey() {}

  /** array&lt;string&gt; of the columns' values, null for null; null if there are no columns. */
  static Column of(StructType schema, String... columns) {
    if (columns.length == 0) {
      return functions.lit(null).cast(DataTypes.createArrayType(DataTypes.StringType));
    }
    return functions.array(
        Arrays.stream(columns)
            .map(name -> text(ColumnCheck.column(name), schema.apply(name).dataType()))
            .toArray(Column[]::new));
  }

  private static Column text(Column column, DataType type) {
    // The text of a timestamp is in the session's time zone.
    Column fixed = type instanceof TimestampType ? functions.unix_micros(column) : column;
    return fixed.cast(DataTypes.StringType);
  }
}
