package sparkrnn.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params that say what the network is made of, by their names in Keras. */
public interface NetworkParams extends Params {

  /** The params, built once per stage. */
  NetworkParamDefinitions networkParams();

  /**
   * For each feature of a time step the size of the vector that is learnt for each of its values,
   * which must be whole numbers from 0, such as TokenIndexer makes; 0 for a feature that is a
   * number. Empty: all features are numbers.
   */
  default IntArrayParam embeddingSizes() {
    return networkParams().embeddingSizes;
  }

  /** The value of {@link #embeddingSizes()}. */
  default int[] getEmbeddingSizes() {
    return getOrDefault(embeddingSizes()).clone();
  }

  /**
   * For each feature of a time step how many ids there are, 0 to this less 1; 0 for a feature that
   * is a number, or to take one more than the largest id of the data. Empty: all as with 0.
   */
  default IntArrayParam vocabularySizes() {
    return networkParams().vocabularySizes;
  }

  /** The value of {@link #vocabularySizes()}. */
  default int[] getVocabularySizes() {
    return getOrDefault(vocabularySizes()).clone();
  }

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
   * Whether the cells of lstm normalize x W, h U and the cell state by layer normalization with
   * learnt gain and shift, as LayerNormLSTMCell of TensorFlow Addons (epsilon 1e-3); only for the
   * cell lstm.
   */
  default BooleanParam layerNormalization() {
    return networkParams().layerNormalization;
  }

  /** The value of {@link #layerNormalization()}. */
  default boolean getLayerNormalization() {
    return (Boolean) getOrDefault(layerNormalization());
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
   * Whether every recurrent layer has a second cell that reads the sequences backward in time, with
   * parameters of its own; the outputs of both stand side by side (merge_mode concat of Keras),
   * twice units wide. Every output has then seen the whole sequence.
   */
  default BooleanParam bidirectional() {
    return networkParams().bidirectional;
  }

  /** The value of {@link #bidirectional()}. */
  default boolean getBidirectional() {
    return (Boolean) getOrDefault(bidirectional());
  }

  /**
   * Whether every recurrent layer that is as wide as the one below it adds the outputs of that one
   * to its own; needs at least two neighbouring layers of the same units.
   */
  default BooleanParam residual() {
    return networkParams().residual;
  }

  /** The value of {@link #residual()}. */
  default boolean getResidual() {
    return (Boolean) getOrDefault(residual());
  }

  /**
   * What the head sees of the time steps of the last recurrent layer: last (the last output, of
   * each direction its own last one), mean or max over all time steps of the sequence, or attention
   * (a mean whose weights are learnt: additive scores with one query).
   */
  default Param<String> pooling() {
    return networkParams().pooling;
  }

  /** The value of {@link #pooling()}. */
  default String getPooling() {
    return getOrDefault(pooling());
  }

  /**
   * Share of the inputs of every recurrent layer that is left out in training, at least 0 and below
   * 1; one mask per sequence, the same at every time step, the rest scaled up by 1 / (1 - dropout).
   * The inputs of the first layer are the features: with one feature, whole sequences. Nothing is
   * dropped in validation and transform.
   */
  default DoubleParam dropout() {
    return networkParams().dropout;
  }

  /** The value of {@link #dropout()}. */
  default double getDropout() {
    return (Double) getOrDefault(dropout());
  }

  /**
   * Share of the hidden state of the time step before that every gate of a recurrent cell leaves
   * out in training, at least 0 and below 1; one mask per sequence and gate, the same at every time
   * step (variational dropout), the rest scaled up.
   */
  default DoubleParam recurrentDropout() {
    return networkParams().recurrentDropout;
  }

  /** The value of {@link #recurrentDropout()}. */
  default double getRecurrentDropout() {
    return (Double) getOrDefault(recurrentDropout());
  }

  /**
   * Probability that a number of the hidden state of a recurrent cell, and of the cell state of
   * lstm, stays as it was a time step before, at least 0 and below 1; drawn in training for every
   * sequence, time step and unit, and replaced by its expectation in validation and transform.
   */
  default DoubleParam zoneout() {
    return networkParams().zoneout;
  }

  /** The value of {@link #zoneout()}. */
  default double getZoneout() {
    return (Double) getOrDefault(zoneout());
  }

  /**
   * Share of the weights from the hidden state that a recurrent cell leaves out in training
   * (DropConnect, as in AWD-LSTM), at least 0 and below 1; one mask for all sequences and time
   * steps of a shard (see shardSize) in each training step, the rest scaled up.
   */
  default DoubleParam recurrentWeightDrop() {
    return networkParams().recurrentWeightDrop;
  }

  /** The value of {@link #recurrentWeightDrop()}. */
  default double getRecurrentWeightDrop() {
    return (Double) getOrDefault(recurrentWeightDrop());
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
   * glorot_uniform): glorot_uniform, glorot_normal, he_uniform, he_normal, lecun_uniform,
   * lecun_normal, orthogonal, identity, zeros, ones, random_uniform, random_normal,
   * truncated_normal.
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
   * he_uniform, he_normal, lecun_uniform, lecun_normal, orthogonal, identity, zeros, ones,
   * random_uniform, random_normal, truncated_normal.
   */
  default Param<String> recurrentInitializer() {
    return networkParams().recurrentInitializer;
  }

  /** The value of {@link #recurrentInitializer()}. */
  default String getRecurrentInitializer() {
    return getOrDefault(recurrentInitializer());
  }
}
