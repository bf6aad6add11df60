package sparkrnn.ml;

import java.util.Arrays;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** All params of an RNN estimator; its model keeps them, to say how it came about. */
public interface RnnParams
    extends ColumnParams,
        NetworkParams,
        RegularizationParams,
        TrainingParams,
        LongSequenceParams,
        TransferParams {

  /** Gives every param that has a default its default. */
  default void setRnnDefaults() {
    columnParams().setDefaults(this);
    networkParams().setDefaults(this);
    regularizationParams().setDefaults(this);
    trainingParams().setDefaults(this);
    longSequenceParams().setDefaults(this);
    transferParams().setDefaults(this);
  }

  /** As Spark explains a param, but with arrays spelt out. */
  static String explain(Params stage, Param<?> param) {
    StringBuilder value = new StringBuilder();
    if (stage.hasDefault(param)) {
      value.append("default: ").append(shown(stage.getDefault(param).get()));
    }
    if (stage.isSet(param)) {
      value.append(value.length() == 0 ? "" : ", ");
      value.append("current: ").append(shown(stage.get(param).get()));
    }
    String shown = value.length() == 0 ? "undefined" : value.toString();
    return param.name() + ": " + param.doc() + " (" + shown + ")";
  }

  private static String shown(Object value) {
    if (value instanceof double[] numbers) {
      return Arrays.toString(numbers);
    }
    if (value instanceof String[] texts) {
      return Arrays.toString(texts);
    }
    return value instanceof int[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
  }
}
