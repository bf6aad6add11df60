package sparkrnn.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Says in a query which row is meant. */
final class RowText {

  private static final int MOST_COLUMNS = 2;

  private RowText() {}

  /**
   * "the row with id 17", by its id column where there is one, else by its first two columns of
   * text, whole numbers or time; "a row" where no column describes it.
   *
   * @param leaveOut a column that can't identify a row
   */
  static Column describe(StructType schema, String leaveOut) {
    List<String> names = columns(schema, leaveOut);
    if (names.isEmpty()) {
      return functions.lit("a row");
    }
    List<Column> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(functions.lit((parts.isEmpty() ? "the row with " : ", ") + name + " "));
      Column text = ColumnCheck.column(name).cast(DataTypes.StringType);
      parts.add(functions.coalesce(text, functions.lit("null")));
    }
    return functions.concat(parts.toArray(Column[]::new));
  }

  private static List<String> columns(StructType schema, String leaveOut) {
    List<String> names = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (field.name().equals(leaveOut) || !identifies(field.dataType())) {
        continue;
      }
      if (field.name().toLowerCase(Locale.ROOT).endsWith("id")) {
        return List.of(field.name());
      }
      if (names.size() < MOST_COLUMNS) {
        names.add(field.name());
      }
    }
    return names;
  }

  private static boolean identifies(DataType type) {
    return type instanceof IntegralType
        || type instanceof StringType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }
}
