package sparkrnn.ml;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructType;

/** How a message points at a row: by its values that are neither arrays nor maps nor structs. */
final class RowNaming {

  private static final int MOST_COLUMNS = 3;

  private RowNaming() {}

  /** "the row with id 17, key "a"", from the first few of such columns. */
  static String of(Row row) {
    StructType schema = row.schema();
    String values =
        Arrays.stream(schema.fields())
            .filter(field -> field.dataType() instanceof AtomicType)
            .filter(field -> !(field.dataType() instanceof BinaryType))
            .limit(MOST_COLUMNS)
            .map(field -> field.name() + " " + shown(row.get(schema.fieldIndex(field.name()))))
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? "a row" : "the row with " + values;
  }

  private static String shown(Object value) {
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }
}
