package sparkrnn.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params of the loss of a regression. */
public interface RegressionParams extends Params {

  /** The params, built once per stage. */
  RegressionParamDefinitions regressionParams();

  /**
   * Loss to minimise: mse (mean squared error), mae (mean absolute error) or huber; the mean over
   * the outputs of a row, then over the rows by weight.
   */
  default Param<String> loss() {
    return regressionParams().loss;
  }

  /** The value of {@link #loss()}. */
  default String getLoss() {
    return getOrDefault(loss());
  }

  /**
   * Absolute error at which the huber loss turns from quadratic to linear, above 0, in units of the
   * label; read only by huber.
   */
  default DoubleParam huberDelta() {
    return regressionParams().huberDelta;
  }

  /** The value of {@link #huberDelta()}. */
  default double getHuberDelta() {
    return (Double) getOrDefault(huberDelta());
  }
}
