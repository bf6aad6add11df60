package sparkrnn.data;

import org.apache.spark.ml.linalg.Vector;
import scala.collection.Seq;
import scala.collection.mutable.ArraySeq;

/** Reads float32 numbers out of the values that Spark hands to a row function. */
final class NumberReader {

  private NumberReader() {}

  /**
   * The elements of an array column's value: Spark's own, or a Java array in a row made by hand.
   */
  @SuppressWarnings("unchecked")
  static Seq<Object> elements(Object value) {
    return value instanceof Seq<?> spark ? (Seq<Object>) spark : (Seq<Object>) ArraySeq.make(value);
  }

  /** How many numbers an array or a vector holds. */
  static int size(Object value) {
    return value instanceof Vector vector ? vector.size() : elements(value).size();
  }

  /**
   * Copies an array of numbers or a vector to {@code target} from {@code offset} on.
   *
   * @return the index of the first element that is null or not finite in float32, or -1
   */
  static int copy(Object value, float[] target, int offset) {
    if (value instanceof Vector vector) {
      for (int i = 0; i < vector.size(); i++) {
        target[offset + i] = (float) vector.apply(i);
        if (!Float.isFinite(target[offset + i])) {
          return i;
        }
      }
      return -1;
    }
    Seq<Object> numbers = elements(value);
    int size = numbers.size();
    for (int i = 0; i < size; i++) {
      if (!(numbers.apply(i) instanceof Number number)) {
        return i;
      }
      target[offset + i] = number.floatValue();
      if (!Float.isFinite(target[offset + i])) {
        return i;
      }
    }
    return -1;
  }

  /** How an element reads in an error message: null, NaN, Infinity, 1.0E300. */
  static String show(Object value, int index) {
    return value instanceof Vector vector
        ? String.valueOf(vector.apply(index))
        : String.valueOf(elements(value).apply(index));
  }
}
