package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Params;

/** The params of {@link RegularizationParams} of one stage. */
public final class RegularizationParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final DoubleParam kernelL1;
  final DoubleParam kernelL2;
  final DoubleParam kernelMaxNorm;
  final DoubleParam recurrentL1;
  final DoubleParam recurrentL2;
  final DoubleParam recurrentMaxNorm;
  final DoubleParam biasL1;
  final DoubleParam biasL2;
  final DoubleParam biasMaxNorm;

  RegularizationParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    kernelL1 =
        params.number(
            "kernelL1",
            "factor of the sum of the absolute values of the weights from the inputs of every "
                + "recurrent layer in the loss, at least 0; 0 for none",
            Check.numberFrom(0));
    kernelL2 =
        params.number(
            "kernelL2",
            "factor of the sum of the squares of the weights from the inputs of every "
                + "recurrent layer in the loss, at least 0; 0 for none",
            Check.numberFrom(0));
    kernelMaxNorm =
        params.number(
            "kernelMaxNorm",
            "largest norm of a column of the weights from the inputs of every recurrent "
                + "layer, which longer ones are scaled to after every step of the optimizer "
                + "(MaxNorm of Keras with axis 0), at least 0; 0 for any",
            Check.numberFrom(0));
    recurrentL1 =
        params.number(
            "recurrentL1",
            "factor of the sum of the absolute values of the weights from the hidden state of "
                + "every recurrent layer in the loss, at least 0; 0 for none",
            Check.numberFrom(0));
    recurrentL2 =
        params.number(
            "recurrentL2",
            "factor of the sum of the squares of the weights from the hidden state of every "
                + "recurrent layer in the loss, at least 0; 0 for none",
            Check.numberFrom(0));
    recurrentMaxNorm =
        params.number(
            "recurrentMaxNorm",
            "largest norm of a column of the weights from the hidden state of every recurrent "
                + "layer, which longer ones are scaled to after every step of the optimizer "
                + "(MaxNorm of Keras with axis 0), at least 0; 0 for any",
            Check.numberFrom(0));
    biasL1 =
        params.number(
            "biasL1",
            "factor of the sum of the absolute values of the biases of every recurrent layer "
                + "in the loss, at least 0; 0 for none",
            Check.numberFrom(0));
    biasL2 =
        params.number(
            "biasL2",
            "factor of the sum of the squares of the biases of every recurrent layer in the "
                + "loss, at least 0; 0 for none",
            Check.numberFrom(0));
    biasMaxNorm =
        params.number(
            "biasMaxNorm",
            "largest norm of the biases of a layer (of a gru, of each column of its two "
                + "rows), which longer ones are scaled to after every step of the optimizer "
                + "(MaxNorm of Keras with axis 0), at least 0; 0 for any",
            Check.numberFrom(0));
  }

  void setDefaults(Params stage) {
    stage.setDefault(kernelL1, 0.0);
    stage.setDefault(kernelL2, 0.0);
    stage.setDefault(kernelMaxNorm, 0.0);
    stage.setDefault(recurrentL1, 0.0);
    stage.setDefault(recurrentL2, 0.0);
    stage.setDefault(recurrentMaxNorm, 0.0);
    stage.setDefault(biasL1, 0.0);
    stage.setDefault(biasL2, 0.0);
    stage.setDefault(biasMaxNorm, 0.0);
  }
}
