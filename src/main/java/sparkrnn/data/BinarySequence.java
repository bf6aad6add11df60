package sparkrnn.data;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;

/**
 * Reads a sequence out of the bytes in which Spark holds an array, without an object for each
 * number. Only what is in order is read: whatever isn't is left to {@link SequenceDecoder}, which
 * knows what to say of it.
 */
final class BinarySequence implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A vector is stored as a struct of its kind, size, indices and values. */
  private static final int VECTOR_FIELDS = 4;

  private static final int VECTOR_SIZE = 1;
  private static final int VECTOR_INDICES = 2;
  private static final int VECTOR_VALUES = 3;
  private static final byte DENSE = 1;

  private final ArrayType type;
  private final boolean vectors;
  private final NumberAt number;
  private final boolean nested;

  /**
   * A reader.
   *
   * @param type array of numbers, of arrays of numbers, or of vectors
   */
  BinarySequence(ArrayType type) {
    this.type = type;
    this.nested = !(type.elementType() instanceof NumericType);
    this.vectors = nested && !(type.elementType() instanceof ArrayType);
    this.number =
        NumberAt.of(
            type.elementType() instanceof ArrayType inner
                ? inner.elementType()
                : type.elementType());
  }

  /** What {@code Row.get} would have given. */
  Object boxed(byte[] bytes) {
    return CatalystTypeConverters.convertToScala(UnsafeBytes.array(bytes), type);
  }

  /**
   * The sequence, or null where there is anything to say about it.
   *
   * @param features F wanted; 0 takes the F of the first time step
   */
  DecodedSequence decode(byte[] bytes, int features) {
    ArrayData timeSteps = UnsafeBytes.array(bytes);
    int count = timeSteps.numElements();
    if (count == 0) {
      return null;
    }
    int width = nested ? width(timeSteps, 0) : 1;
    if (width <= 0 || (features > 0 && width != features)) {
      return null;
    }
    float[] values = new float[Math.multiplyExact(count, width)];
    boolean read = nested ? copyAll(timeSteps, width, values) : copy(timeSteps, values, 0);
    return read ? new DecodedSequence(values, count, width) : null;
  }

  private boolean copyAll(ArrayData timeSteps, int width, float[] values) {
    int count = timeSteps.numElements();
    for (int t = 0; t < count; t++) {
      if (width(timeSteps, t) != width) {
        return false;
      }
      boolean read =
          vectors
              ? copyVector(timeSteps.getStruct(t, VECTOR_FIELDS), values, t * width)
              : copy(timeSteps.getArray(t), values, t * width);
      if (!read) {
        return false;
      }
    }
    return true;
  }

  /** How many features a time step has; -1 for null. */
  private int width(ArrayData timeSteps, int t) {
    if (timeSteps.isNullAt(t)) {
      return -1;
    }
    if (!vectors) {
      return timeSteps.getArray(t).numElements();
    }
    InternalRow vector = timeSteps.getStruct(t, VECTOR_FIELDS);
    return vector.getByte(0) == DENSE
        ? vector.getArray(VECTOR_VALUES).numElements()
        : vector.getInt(VECTOR_SIZE);
  }

  /** False if a number of the vector can't be used. */
  private static boolean copyVector(InternalRow vector, float[] target, int offset) {
    ArrayData values = vector.getArray(VECTOR_VALUES);
    ArrayData indices = vector.getByte(0) == DENSE ? null : vector.getArray(VECTOR_INDICES);
    for (int i = 0; i < values.numElements(); i++) {
      float value = (float) values.getDouble(i);
      if (!Float.isFinite(value)) {
        return false;
      }
      target[offset + (indices == null ? i : indices.getInt(i))] = value;
    }
    return true;
  }

  /** False if a number is null, not finite in float32, or of a type without a fast way. */
  private boolean copy(ArrayData numbers, float[] target, int offset) {
    for (int i = 0; i < numbers.numElements(); i++) {
      if (number == null || numbers.isNullAt(i)) {
        return false;
      }
      target[offset + i] = number.at(numbers, i);
      if (!Float.isFinite(target[offset + i])) {
        return false;
      }
    }
    return true;
  }

  /** An element of an array as float32. */
  private interface NumberAt extends Serializable {

    float at(ArrayData numbers, int i);

    /** For elements of a type; null for one without a fast way, such as decimals. */
    static NumberAt of(DataType type) {
      if (type instanceof DoubleType) {
        return (numbers, i) -> (float) numbers.getDouble(i);
      } else if (type instanceof FloatType) {
        return ArrayData::getFloat;
      } else if (type instanceof IntegerType) {
        return ArrayData::getInt;
      } else if (type instanceof LongType) {
        return ArrayData::getLong;
      } else if (type instanceof ShortType) {
        return ArrayData::getShort;
      } else if (type instanceof ByteType) {
        return ArrayData::getByte;
      }
      return null;
    }
  }
}
