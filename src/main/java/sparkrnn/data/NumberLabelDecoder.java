package sparkrnn.data;

import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Turns a value of a label column (a number, an array of numbers or a vector) into float32. */
final class NumberLabelDecoder implements LabelDecoder {

  private static final long serialVersionUID = 1L;

  private final boolean scalar;

  private NumberLabelDecoder(boolean scalar) {
    this.scalar = scalar;
  }

  /**
   * The decoder for a column.
   *
   * @throws IllegalArgumentException if the column is missing or of another type
   */
  static LabelDecoder of(String owner, StructType schema, String column) {
    DataType type = ColumnLookup.type(owner, "labelCol", schema, column);
    if (type instanceof NumericType) {
      return new NumberLabelDecoder(true);
    }
    if (type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
      return new NumberLabelDecoder(false);
    }
    throw ColumnLookup.wrongType(
        owner,
        "labelCol",
        column,
        type,
        "a number, array<double> or vector",
        type instanceof StringType
            ? "Turn text into numbers first: cast it where it holds numbers, use RnnClassifier where"
                + " it holds names of classes."
            : "Cast it, or set labelCol to another column.");
  }

  @Override
  public float[] decode(Object value) throws InvalidSequenceException {
    if (value == null) {
      throw new InvalidSequenceException("is null; every row needs a label");
    }
    if (scalar) {
      float label = ((Number) value).floatValue();
      if (!Float.isFinite(label)) {
        throw new InvalidSequenceException("is " + value + "; labels must be finite in float32");
      }
      return new float[] {label};
    }
    int size = NumberReader.size(value);
    if (size == 0) {
      throw new InvalidSequenceException("is empty; every row needs at least one number");
    }
    float[] label = new float[size];
    int wrong = NumberReader.copy(value, label, 0);
    if (wrong >= 0) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "holds %s at place %d; labels must be finite in float32",
              NumberReader.show(value, wrong),
              wrong));
    }
    return label;
  }
}
