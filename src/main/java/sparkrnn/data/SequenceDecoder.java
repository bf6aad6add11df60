package sparkrnn.data;

import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Turns a value of a features column into float32 values, time-major.
 *
 * <p>Columns of numbers have one feature a time step: array&lt;double&gt; of T elements is (T, 1).
 * array&lt;array&lt;number&gt;&gt; and array&lt;vector&gt; hold one element of F numbers for each
 * time step.
 */
public final class SequenceDecoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final boolean nested;
  private final BinarySequence binary;

  private SequenceDecoder(ArrayType type, boolean nested) {
    this.nested = nested;
    this.binary = new BinarySequence(type);
  }

  /**
   * The decoder for a column.
   *
   * @param owner the stage, for messages
   * @param param the param that names the column, for messages
   * @throws IllegalArgumentException if the column is missing or of another type; the message names
   *     owner, column, param, type found and types wanted
   */
  public static SequenceDecoder of(String owner, String param, StructType schema, String column) {
    DataType type = ColumnLookup.type(owner, param, schema, column);
    if (type instanceof ArrayType array) {
      DataType element = array.elementType();
      if (element instanceof NumericType) {
        return new SequenceDecoder(array, false);
      }
      if (element.equals(SQLDataTypes.VectorType())
          || (element instanceof ArrayType inner && inner.elementType() instanceof NumericType)) {
        return new SequenceDecoder(array, true);
      }
    }
    throw ColumnLookup.wrongType(
        owner,
        param,
        column,
        type,
        "array<double>, array<float>, array<array<...>> or array<vector>",
        "Turn it into an array first, for example with SequenceAssembler.");
  }

  /**
   * The values of one sequence.
   *
   * @param value what {@code Row.get} gives for the column, or for its {@link BinaryColumns}
   * @param features F wanted; 0 takes the F of the first time step
   * @throws InvalidSequenceException if the value is null, empty, ragged, not finite in float32 or
   *     has another F; the message has time step and feature, counted from 0, but not the row
   */
  public DecodedSequence decode(Object value, int features) throws InvalidSequenceException {
    if (value == null) {
      throw new InvalidSequenceException(
          "holds null; every row needs a sequence of at least one time step");
    }
    if (value instanceof byte[] bytes) {
      DecodedSequence sequence = binary.decode(bytes, features);
      return sequence == null ? decode(binary.boxed(bytes), features) : sequence;
    }
    Seq<Object> timeSteps = NumberReader.elements(value);
    if (timeSteps.isEmpty()) {
      throw new InvalidSequenceException(
          "holds an empty sequence; every row needs at least one time step");
    }
    return nested ? decodeNested(timeSteps, features) : decodeFlat(timeSteps, features);
  }

  private static DecodedSequence decodeFlat(Seq<Object> numbers, int features)
      throws InvalidSequenceException {
    if (features > 1) {
      throw otherFeatures(1, 0, features);
    }
    float[] values = new float[numbers.size()];
    int wrong = NumberReader.copy(numbers, values, 0);
    if (wrong >= 0) {
      throw notFinite(NumberReader.show(numbers, wrong), wrong, 0);
    }
    return new DecodedSequence(values, values.length, 1);
  }

  private static DecodedSequence decodeNested(Seq<Object> timeSteps, int features)
      throws InvalidSequenceException {
    int count = timeSteps.size();
    int width = features > 0 ? features : widthOf(timeSteps.apply(0), 0);
    if (width == 0) {
      throw new InvalidSequenceException("has no feature at time step 0; at least one is needed");
    }
    float[] values = new float[Math.multiplyExact(count, width)];
    for (int t = 0; t < count; t++) {
      Object step = timeSteps.apply(t);
      int found = widthOf(step, t);
      if (found != width) {
        throw t == 0 ? otherFeatures(found, t, width) : ragged(found, t, width);
      }
      int wrong = NumberReader.copy(step, values, t * width);
      if (wrong >= 0) {
        throw notFinite(NumberReader.show(step, wrong), t, wrong);
      }
    }
    return new DecodedSequence(values, count, width);
  }

  private static int widthOf(Object step, int t) throws InvalidSequenceException {
    if (step == null) {
      throw new InvalidSequenceException(
          "holds null at time step " + t + "; every time step needs its features");
    }
    return NumberReader.size(step);
  }

  private static InvalidSequenceException notFinite(String found, int t, int feature) {
    return new InvalidSequenceException(
        String.format(
            Locale.ROOT,
            "holds %s at time step %d, feature %d; values must be finite%s",
            found,
            t,
            feature,
            isFiniteDouble(found) ? " in float32" : ""));
  }

  private static boolean isFiniteDouble(String found) {
    return !found.equals("null") && !found.equals("NaN") && !found.endsWith("Infinity");
  }

  private static InvalidSequenceException ragged(int found, int t, int before) {
    return new InvalidSequenceException(
        String.format(
            Locale.ROOT,
            "has %d features at time step %d and %d before; all time steps of all rows need the same number",
            found,
            t,
            before));
  }

  private static InvalidSequenceException otherFeatures(int found, int t, int wanted) {
    return new InvalidSequenceException(
        String.format(
            Locale.ROOT,
            "has %d features at time step %d and %d are needed; all time steps of all rows need the same number",
            found,
            t,
            wanted));
  }
}
