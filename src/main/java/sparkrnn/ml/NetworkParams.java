package sparkrnn.ml;

import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params that say what the network is made of, by their names in Keras. */
public interface NetworkParams extends Params {

  /** The params, built once per stage. */
  NetworkParamDefinitions networkParams();

  /**
   * Recurrent cell of every layer: simpleRnn, lstm or gru (with reset_after), with the equations of
   * Keras.
   */
  default Param<String> cell() {
    return networkParams().cell;
  }

  /** The value of {@link #cell()}. */
  default String getCell() {
    return getOrDefault(cell());
  }

  /**
   * Width of the hidden state of each recurrent layer, the lowest first, each at least 1; as many
   * layers as numbers.
   */
  default IntArrayParam units() {
    return networkParams().units;
  }

  /** The value of {@link #units()}. */
  default int[] getUnits() {
    return getOrDefault(units()).clone();
  }

  /**
   * Activation of the recurrent cells: tanh (the default of Keras), or relu, which only simpleRnn
   * takes.
   */
  default Param<String> activation() {
    return networkParams().activation;
  }

  /** The value of {@link #activation()}. */
  default String getActivation() {
    return getOrDefault(activation());
  }

  /**
   * Initial values of the weights from the inputs, by the name in Keras (its default is
   * glorot_uniform): glorot_uniform, glorot_normal, he_uniform, he_normal, orthogonal, identity,
   * zeros, ones, random_uniform, random_normal.
   */
  default Param<String> kernelInitializer() {
    return networkParams().kernelInitializer;
  }

  /** The value of {@link #kernelInitializer()}. */
  default String getKernelInitializer() {
    return getOrDefault(kernelInitializer());
  }

  /**
   * Initial values of the weights from the hidden state, by the name in Keras (its default is
   * orthogonal; identity makes an IRNN of simpleRnn with relu): glorot_uniform, glorot_normal,
   * he_uniform, he_normal, orthogonal, identity, zeros, ones, random_uniform, random_normal.
   */
  default Param<String> recurrentInitializer() {
    return networkParams().recurrentInitializer;
  }

  /** The value of {@link #recurrentInitializer()}. */
  default String getRecurrentInitializer() {
    return getOrDefault(recurrentInitializer());
  }
}
