package sparkrnn.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds the columns that params name, or says which ones there are. */
public final class ColumnLookup {

  private ColumnLookup() {}

  /**
   * The type of a column.
   *
   * @param owner the stage
   * @param param the param that names the column
   * @throws IllegalArgumentException if the schema has no such column
   */
  public static DataType type(String owner, String param, StructType schema, String column) {
    for (StructField field : schema.fields()) {
      if (field.name().equals(column)) {
        return field.dataType();
      }
    }
    String names =
        Arrays.stream(schema.fieldNames())
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: there is no column \"%s\" (%s) in the data; it has %s. Set %s to one of them.",
            owner,
            column,
            param,
            names.isEmpty() ? "none" : names,
            param));
  }

  /** "Owner: column "c" (param) is T; it must be wanted. remedy". */
  public static IllegalArgumentException wrongType(
      String owner, String param, String column, DataType found, String wanted, String remedy) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: column \"%s\" (%s) is %s; it must be %s. %s",
            owner,
            column,
            param,
            found.catalogString(),
            wanted,
            remedy));
  }
}
