package sparkrnn.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Params;

/**
 * Params that keep the weights of recurrent layers small, as the regularizers and constraints of
 * Keras do. Penalties are part of every loss of a fit, that of the validation too, and not of what
 * a model's evaluate gives.
 */
public interface RegularizationParams extends Params {

  /** The params, built once per stage. */
  RegularizationParamDefinitions regularizationParams();

  /**
   * Factor of the sum of the absolute values of the weights from the inputs of every recurrent
   * layer in the loss, at least 0; 0 for none.
   */
  default DoubleParam kernelL1() {
    return regularizationParams().kernelL1;
  }

  /** The value of {@link #kernelL1()}. */
  default double getKernelL1() {
    return (Double) getOrDefault(kernelL1());
  }

  /**
   * Factor of the sum of the squares of the weights from the inputs of every recurrent layer in the
   * loss, at least 0; 0 for none.
   */
  default DoubleParam kernelL2() {
    return regularizationParams().kernelL2;
  }

  /** The value of {@link #kernelL2()}. */
  default double getKernelL2() {
    return (Double) getOrDefault(kernelL2());
  }

  /**
   * Largest norm of a column of the weights from the inputs of every recurrent layer, which longer
   * ones are scaled to after every step of the optimizer (MaxNorm of Keras with axis 0), at least
   * 0; 0 for any.
   */
  default DoubleParam kernelMaxNorm() {
    return regularizationParams().kernelMaxNorm;
  }

  /** The value of {@link #kernelMaxNorm()}. */
  default double getKernelMaxNorm() {
    return (Double) getOrDefault(kernelMaxNorm());
  }

  /**
   * Factor of the sum of the absolute values of the weights from the hidden state of every
   * recurrent layer in the loss, at least 0; 0 for none.
   */
  default DoubleParam recurrentL1() {
    return regularizationParams().recurrentL1;
  }

  /** The value of {@link #recurrentL1()}. */
  default double getRecurrentL1() {
    return (Double) getOrDefault(recurrentL1());
  }

  /**
   * Factor of the sum of the squares of the weights from the hidden state of every recurrent layer
   * in the loss, at least 0; 0 for none.
   */
  default DoubleParam recurrentL2() {
    return regularizationParams().recurrentL2;
  }

  /** The value of {@link #recurrentL2()}. */
  default double getRecurrentL2() {
    return (Double) getOrDefault(recurrentL2());
  }

  /**
   * Largest norm of a column of the weights from the hidden state of every recurrent layer, which
   * longer ones are scaled to after every step of the optimizer (MaxNorm of Keras with axis 0), at
   * least 0; 0 for any.
   */
  default DoubleParam recurrentMaxNorm() {
    return regularizationParams().recurrentMaxNorm;
  }

  /** The value of {@link #recurrentMaxNorm()}. */
  default double getRecurrentMaxNorm() {
    return (Double) getOrDefault(recurrentMaxNorm());
  }

  /**
   * Factor of the sum of the absolute values of the biases of every recurrent layer in the loss, at
   * least 0; 0 for none.
   */
  default DoubleParam biasL1() {
    return regularizationParams().biasL1;
  }

  /** The value of {@link #biasL1()}. */
  default double getBiasL1() {
    return (Double) getOrDefault(biasL1());
  }

  /**
   * Factor of the sum of the squares of the biases of every recurrent layer in the loss, at least
   * 0; 0 for none.
   */
  default DoubleParam biasL2() {
    return regularizationParams().biasL2;
  }

  /** The value of {@link #biasL2()}. */
  default double getBiasL2() {
    return (Double) getOrDefault(biasL2());
  }

  /**
   * Largest norm of the biases of a layer (of a gru, of each column of its two rows), which longer
   * ones are scaled to after every step of the optimizer (MaxNorm of Keras with axis 0), at least
   * 0; 0 for any.
   */
  default DoubleParam biasMaxNorm() {
    return regularizationParams().biasMaxNorm;
  }

  /** The value of {@link #biasMaxNorm()}. */
  default double getBiasMaxNorm() {
    return (Double) getOrDefault(biasMaxNorm());
  }
}
