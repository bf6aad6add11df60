package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Seq;

/** Scales the numbers of one row; what {@link SequenceScalerModel#transform} sends to executors. */
final class ScaleTask implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Broadcast<ScaleTable> table;
  private final boolean nested;
  private final int[] features;
  private final boolean inverse;

  /**
   * @param features of the model, in the order in which the column has them
   */
  ScaleTask(Broadcast<ScaleTable> table, boolean nested, int[] features, boolean inverse) {
    this.table = table;
    this.nested = nested;
    this.features = features;
    this.inverse = inverse;
  }

  /** Why a row can't be scaled; null if it can. */
  String flaw(Seq<?> values, Seq<String> key) {
    if (table.value().find(key) == null) {
      return "has the key "
          + ScaleTable.show(key)
          + " (keyCols), which no row of the fit had; keep scales it by the statistics of all rows";
    }
    return NumberFlaw.of(values, nested, features.length);
  }

  /**
   * The scaled numbers: of a nested column double[][], else double[]; NaN for null.
   *
   * @return null if the values are null or have another number of features
   */
  Object scale(Seq<?> values, Seq<String> key) {
    if (values == null) {
      return null;
    }
    Scale own = table.value().find(key);
    Scale scale = own == null ? table.value().all() : own;
    return nested ? scaleSteps(values, scale) : scaleRow(values, scale);
  }

  private double[][] scaleSteps(Seq<?> steps, Scale scale) {
    double[][] scaled = new double[steps.size()][];
    for (int t = 0; t < scaled.length; t++) {
      if (!(steps.apply(t) instanceof Seq<?> step) || step.size() != features.length) {
        return null;
      }
      scaled[t] = scaleRow(step, scale);
    }
    return scaled;
  }

  private double[] scaleRow(Seq<?> numbers, Scale scale) {
    if (numbers.size() % features.length != 0) {
      return null;
    }
    double[] scaled = new double[numbers.size()];
    for (int i = 0; i < scaled.length; i++) {
      double number = numbers.apply(i) instanceof Double value ? value : Double.NaN;
      int feature = features[i % features.length];
      scaled[i] = inverse ? scale.back(number, feature) : scale.forward(number, feature);
    }
    return scaled;
  }
}
