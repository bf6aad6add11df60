package sparkrnn.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** Params that say what a training begins with and what of it stays. */
public interface TransferParams extends Params {

  /** The params, built once per stage. */
  TransferParamDefinitions transferParams();

  /**
   * Path of a saved model, or of a .keras or .safetensors file of Keras or PyTorch, whose weights
   * the training begins with; its network must have the same tensors; empty: initial values by
   * initializers and seed. The state of the optimizer begins anew.
   */
  default Param<String> initialModelPath() {
    return transferParams().initialModelPath;
  }

  /** The value of {@link #initialModelPath()}. */
  default String getInitialModelPath() {
    return getOrDefault(initialModelPath());
  }

  /**
   * Layers, as describe of a model names them, or tensors, as weights does, that keep what they
   * begin with to the last bit: lstm_0, bidirectional_1/forward_lstm, dense/bias; none by default.
   */
  default StringArrayParam frozenLayers() {
    return transferParams().frozenLayers;
  }

  /** The value of {@link #frozenLayers()}. */
  default String[] getFrozenLayers() {
    return getOrDefault(frozenLayers()).clone();
  }
}
