package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Says which row is meant: by its id column where there is one, else by its first two columns of
 * text, whole numbers or time.
 */
public final class RowDescription implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MOST_COLUMNS = 2;

  private final List<String> columns;

  private RowDescription(List<String> columns) {
    this.columns = new ArrayList<>(columns);
  }

  /**
   * Chooses the describing columns.
   *
   * @param leaveOut columns that can't identify a row, such as the label
   */
  public static RowDescription of(StructType schema, Set<String> leaveOut) {
    List<String> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (leaveOut.contains(field.name()) || !identifies(field.dataType())) {
        continue;
      }
      if (field.name().toLowerCase(Locale.ROOT).endsWith("id")) {
        return new RowDescription(List.of(field.name()));
      }
      if (columns.size() < MOST_COLUMNS) {
        columns.add(field.name());
      }
    }
    return new RowDescription(columns);
  }

  private static boolean identifies(DataType type) {
    return type instanceof IntegralType
        || type instanceof StringType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  /** The columns that {@link #describe} reads. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** "the row with id 17"; "a row" where no column describes it. */
  public String describe(Row row) {
    if (columns.isEmpty()) {
      return "a row";
    }
    List<String> parts = new ArrayList<>();
    for (String column : columns) {
      parts.add(column + " " + row.get(row.fieldIndex(column)));
    }
    return "the row with " + String.join(", ", parts);
  }
}
