package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link NetworkParams} of one stage. */
public final class NetworkParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What the networks can begin with, by the names in Keras. */
  static final String[] INITIALIZERS = {
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "orthogonal",
    "identity",
    "zeros",
    "ones",
    "random_uniform",
    "random_normal"
  };

  final Param<String> cell;
  final IntArrayParam units;
  final Param<String> activation;
  final Param<String> kernelInitializer;
  final Param<String> recurrentInitializer;

  NetworkParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    cell =
        params.text(
            "cell",
            "recurrent cell of every layer: simpleRnn, lstm or gru (with reset_after), with the "
                + "equations of Keras",
            Check.oneOf("simpleRnn", "lstm", "gru"));
    units =
        params.wholeNumbers(
            "units",
            "width of the hidden state of each recurrent layer, the lowest first, each at least "
                + "1; as many layers as numbers",
            Check.unitsPerLayer());
    activation =
        params.text(
            "activation",
            "activation of the recurrent cells: tanh (the default of Keras), or relu, which "
                + "only simpleRnn takes",
            Check.oneOf("tanh", "relu"));
    kernelInitializer =
        params.text(
            "kernelInitializer",
            "initial values of the weights from the inputs, by the name in Keras (its default "
                + "is glorot_uniform); one of "
                + String.join(", ", INITIALIZERS),
            Check.oneOf(INITIALIZERS));
    recurrentInitializer =
        params.text(
            "recurrentInitializer",
            "initial values of the weights from the hidden state, by the name in Keras (its "
                + "default is orthogonal; identity makes an IRNN of simpleRnn with relu); one of "
                + String.join(", ", INITIALIZERS),
            Check.oneOf(INITIALIZERS));
  }

  void setDefaults(Params stage) {
    stage.setDefault(cell, "simpleRnn");
    stage.setDefault(units, new int[] {128});
    stage.setDefault(activation, "tanh");
    stage.setDefault(kernelInitializer, "glorot_uniform");
    stage.setDefault(recurrentInitializer, "orthogonal");
  }
}
