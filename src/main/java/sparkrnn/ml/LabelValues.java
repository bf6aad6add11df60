package sparkrnn.ml;

import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import scala.collection.Seq;

/** The numbers of a label as a row holds it: a number, an array or a vector. */
final class LabelValues {

  private LabelValues() {}

  /** The numbers; empty if the label or one of its elements is null or not finite. */
  static Optional<double[]> of(Object label) {
    double[] values;
    if (label instanceof Number number) {
      values = new double[] {number.doubleValue()};
    } else if (label instanceof Vector vector) {
      values = vector.toArray();
    } else if (label instanceof Seq<?> elements) {
      values = new double[elements.length()];
      for (int i = 0; i < values.length; i++) {
        Object element = elements.apply(i);
        values[i] = element instanceof Number number ? number.doubleValue() : Double.NaN;
      }
    } else {
      return Optional.empty();
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
