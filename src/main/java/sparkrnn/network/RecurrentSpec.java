package sparkrnn.network;

import java.io.Serializable;

/**
 * One recurrent layer.
 *
 * @param cell "simpleRnn", "lstm", "layerNormLstm" or "gru"
 * @param units width of the hidden state, at least 1; of each direction if bidirectional
 * @param activation "tanh" or "relu"; "relu" only for "simpleRnn"
 * @param kernelInitializer Keras' name: "glorot_uniform", "zeros", …
 * @param recurrentInitializer Keras' name: "orthogonal", "identity", …
 * @param bidirectional whether a second cell reads the sequences backward in time; the output is
 *     then 2 units wide
 * @param dropout share of the layer's inputs that is left out in training, in [0, 1)
 * @param recurrentDropout share of h(t-1) that is left out in training, in [0, 1)
 * @param residual whether the layer adds its inputs, undropped, to its outputs; both must be
 *     equally wide
 */
public record RecurrentSpec(
    String cell,
    int units,
    String activation,
    String kernelInitializer,
    String recurrentInitializer,
    boolean bidirectional,
    double dropout,
    double recurrentDropout,
    boolean residual)
    implements Serializable {

  /** A layer of one direction, without dropout. */
  public RecurrentSpec(
      String cell,
      int units,
      String activation,
      String kernelInitializer,
      String recurrentInitializer) {
    this(cell, units, activation, kernelInitializer, recurrentInitializer, false, 0, 0);
  }

  /** A layer that does not add its inputs. */
  public RecurrentSpec(
      String cell,
      int units,
      String activation,
      String kernelInitializer,
      String recurrentInitializer,
      boolean bidirectional,
      double dropout,
      double recurrentDropout) {
    this(
        cell,
        units,
        activation,
        kernelInitializer,
        recurrentInitializer,
        bidirectional,
        dropout,
        recurrentDropout,
        false);
  }

  /** The same layer, adding its inputs to its outputs or not. */
  public RecurrentSpec withResidual(boolean value) {
    return new RecurrentSpec(
        cell,
        units,
        activation,
        kernelInitializer,
        recurrentInitializer,
        bidirectional,
        dropout,
        recurrentDropout,
        value);
  }

  /**
   * Width of the output: units, or twice as many.
   *
   * @throws ArithmeticException if that is more than an int holds
   */
  int outputs() {
    return bidirectional ? Math.multiplyExact(2, units) : units;
  }
}
