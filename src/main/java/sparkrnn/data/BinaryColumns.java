package sparkrnn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkrnn.versions.SparkCalls;

/**
 * The columns of arrays, structs and maps of a schema, handed to a function of rows as bytes and
 * given their types again behind it.
 *
 * <p>Spark makes an object of each number of an array for a function of rows, and of each object a
 * number again; of the bytes of an array it makes a copy. A features column of 400 numbers costs a
 * hundredth that way.
 */
public final class BinaryColumns {

  private final Set<String> names;

  private BinaryColumns(Set<String> names) {
    this.names = names;
  }

  /**
   * All such columns of a schema.
   *
   * @param leftOut columns that the function wants to read as Spark's objects
   */
  public static BinaryColumns of(StructType schema, Set<String> leftOut) {
    if (ambiguous(schema)) {
      return new BinaryColumns(Set.of());
    }
    List<String> names = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (UnsafeBytes.suits(field.dataType()) && !leftOut.contains(field.name())) {
        names.add(field.name());
      }
    }
    return new BinaryColumns(Set.copyOf(names));
  }

  /** Whether a name does not say which column is meant; then all are left as they are. */
  private static boolean ambiguous(StructType schema) {
    return Arrays.stream(schema.fieldNames())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .count()
        < schema.size();
  }

  /** The rows for the function. */
  public Dataset<Row> binary(Dataset<?> rows) {
    return select(
        rows, rows.schema(), field -> binary(RowEncoder.column(rows, field.name()), field));
  }

  /** The column of this field as bytes. */
  static Column binary(Column column, StructField field) {
    return SparkCalls.column(new BytesOf(SparkCalls.expression(column), field.nullable()));
  }

  /** The schema of {@link #binary}, or of what the function appends to it. */
  public StructType binary(StructType schema) {
    StructType binary = new StructType();
    for (StructField field : schema.fields()) {
      binary =
          names.contains(field.name())
              ? binary.add(field.name(), DataTypes.BinaryType, field.nullable(), field.metadata())
              : binary.add(field);
    }
    return binary;
  }

  /**
   * The rows of the function with the types that they had.
   *
   * @param schema with the columns of {@code rows}, by the same names and in the same order
   */
  public Dataset<Row> restored(Dataset<Row> rows, StructType schema) {
    return select(rows, schema, field -> restored(RowEncoder.column(rows, field.name()), field));
  }

  private static Column restored(Column bytes, StructField field) {
    return SparkCalls.column(
        new ValueOf(SparkCalls.expression(bytes), field.dataType(), field.nullable()));
  }

  private Dataset<Row> select(
      Dataset<?> rows, StructType schema, Function<StructField, Column> converted) {
    if (names.isEmpty()) {
      return rows.toDF();
    }
    Column[] columns = new Column[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      StructField field = schema.apply(i);
      columns[i] =
          names.contains(field.name())
              ? converted.apply(field).as(field.name(), field.metadata())
              : RowEncoder.column(rows, field.name());
    }
    return rows.select(columns);
  }
}
