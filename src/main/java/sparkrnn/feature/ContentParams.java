package sparkrnn.feature;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params of stages that turn the content of files into sequences. */
public interface ContentParams extends Params {

  /** The params, built once per stage. */
  ContentParamDefinitions contentParams();

  /** Column of the content. */
  default Param<String> inputCol() {
    return contentParams().inputCol;
  }

  /** The value of {@link #inputCol()}. */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Column that transform adds: array&lt;array&lt;float&gt;&gt; of (time steps, features). */
  default Param<String> outputCol() {
    return contentParams().outputCol;
  }

  /** The value of {@link #outputCol()}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** What to do with a row whose content can't be used: error, skip or keep. */
  default Param<String> handleInvalid() {
    return contentParams().handleInvalid;
  }

  /** The value of {@link #handleInvalid()}. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
