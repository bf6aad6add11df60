package sparkrnn.feature;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** Params that say what is scaled and how. */
public interface SequenceScalerParams extends Params {

  /** The params, built once per stage. */
  SequenceScalerParamDefinitions scalerParams();

  /** Column to scale. */
  default Param<String> inputCol() {
    return scalerParams().inputCol;
  }

  /** The value of {@link #inputCol()}. */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Column that transform adds. */
  default Param<String> outputCol() {
    return scalerParams().outputCol;
  }

  /** The value of {@link #outputCol()}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** How a feature is scaled: standard, minMax or robust. */
  default Param<String> scaler() {
    return scalerParams().scaler;
  }

  /** The value of {@link #scaler()}. */
  default String getScaler() {
    return getOrDefault(scaler());
  }

  /** Columns that together say by which statistics a row is scaled; none: all rows share one. */
  default StringArrayParam keyCols() {
    return scalerParams().keyCols;
  }

  /** The value of {@link #keyCols()}. */
  default String[] getKeyCols() {
    return getOrDefault(keyCols());
  }

  /** What to do with a row that can't be used: error, skip or keep. */
  default Param<String> handleInvalid() {
    return scalerParams().handleInvalid;
  }

  /** The value of {@link #handleInvalid()}. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
