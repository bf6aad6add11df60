package sparkrnn.feature;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** How the numbers of a column lie, and its values as doubles. */
enum NumberShape {
  /** One number. */
  SINGLE,
  /** Numbers in a row: array or vector. */
  FLAT,
  /** Time steps by features: an array of arrays or vectors. */
  NESTED;

  private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType);

  /** The shape of a type; empty if it holds no numbers. */
  static Optional<NumberShape> of(DataType type) {
    if (type instanceof NumericType) {
      return Optional.of(SINGLE);
    }
    if (isRow(type)) {
      return Optional.of(FLAT);
    }
    return type instanceof ArrayType array && isRow(array.elementType())
        ? Optional.of(NESTED)
        : Optional.empty();
  }

  private static boolean isRow(DataType type) {
    return ColumnCheck.isVector(type)
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  /**
   * The values as array&lt;array&lt;double&gt;&gt; of a nested column, else array&lt;double&gt;;
   * null where the value is.
   */
  Column doubles(Column column, DataType type) {
    return switch (this) {
      case SINGLE ->
          functions.when(column.isNotNull(), functions.array(column.cast(DataTypes.DoubleType)));
      case FLAT -> row(column, type);
      case NESTED ->
          functions.transform(column, step -> row(step, ((ArrayType) type).elementType()));
    };
  }

  private static Column row(Column column, DataType type) {
    return ColumnCheck.isVector(type)
        // vector_to_array refuses null.
        ? functions.when(
            column.isNotNull(), org.apache.spark.ml.functions.vector_to_array(column, "float64"))
        : column.cast(NUMBERS);
  }

  /** The type of a column of such shape that a stage makes. */
  DataType made() {
    return switch (this) {
      case SINGLE -> DataTypes.DoubleType;
      case FLAT -> madeRow();
      case NESTED -> DataTypes.createArrayType(madeRow(), false);
    };
  }

  private static DataType madeRow() {
    return DataTypes.createArrayType(DataTypes.DoubleType, false);
  }
}
