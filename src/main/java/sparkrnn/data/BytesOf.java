package sparkrnn.data;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/**
 * An array, struct or map as the bytes in which Spark itself holds it; {@link ValueOf} undoes it.
 */
final class BytesOf extends Conversion {

  private static final long serialVersionUID = 1L;

  private transient UnsafeBytes bytes;

  BytesOf(Expression value, boolean nullable) {
    super(value, DataTypes.BinaryType, nullable);
  }

  @Override
  synchronized Object convert(Object value) {
    if (bytes == null) {
      bytes = new UnsafeBytes(operand().dataType());
    }
    return bytes.of(value);
  }

  @Override
  Conversion of(Expression other) {
    return new BytesOf(other, nullable());
  }
}
