package sparkrnn.data;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;

/** The array, struct or map whose bytes {@link BytesOf} gave. */
final class ValueOf extends Conversion {

  private static final long serialVersionUID = 1L;

  ValueOf(Expression bytes, DataType type, boolean nullable) {
    super(bytes, type, nullable);
  }

  @Override
  Object convert(Object bytes) {
    return UnsafeBytes.value((byte[]) bytes, dataType());
  }

  @Override
  Conversion of(Expression other) {
    return new ValueOf(other, dataType(), nullable());
  }
}
