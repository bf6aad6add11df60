package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link RegressionParams} of one stage. */
public final class RegressionParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> loss;
  final DoubleParam huberDelta;

  RegressionParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    loss =
        params.text(
            "loss",
            "loss to minimise: mse (mean squared error), mae (mean absolute error) or huber; "
                + "the mean over the outputs of a row, then over the rows by weight",
            Check.oneOf("mse", "mae", "huber"));
    huberDelta =
        params.number(
            "huberDelta",
            "absolute error at which the huber loss turns from quadratic to linear, above 0, in "
                + "units of the label; read only by huber",
            Check.numberAbove(0.0));
  }

  void setDefaults(Params stage) {
    stage.setDefault(loss, "mse");
    stage.setDefault(huberDelta, 1.0);
  }
}
