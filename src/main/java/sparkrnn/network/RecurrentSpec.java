package sparkrnn.network;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import sparkrnn.cell.CellType;

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
 * @param zoneout probability that a number of the state stays as it was, in [0, 1)
 * @param recurrentWeightDrop share of the weights from the hidden state that is left out in
 *     training, in [0, 1)
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
    boolean residual,
    double zoneout,
    double recurrentWeightDrop)
    implements Serializable {

  /** Without names there is no layer, not one that can be checked. */
  public RecurrentSpec {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(kernelInitializer, "kernelInitializer");
    Objects.requireNonNull(recurrentInitializer, "recurrentInitializer");
  }

  /** A layer of one direction, without dropout. */
  public RecurrentSpec(
      String cell,
      int units,
      String activation,
      String kernelInitializer,
      String recurrentInitializer) {
    this(cell, units, activation, kernelInitializer, recurrentInitializer, false, 0, 0);
  }

  /** A layer without residual, zoneout and weight drop. */
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
        false,
        0,
        0);
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
        value,
        zoneout,
        recurrentWeightDrop);
  }

  /** The same layer with another zoneout. */
  public RecurrentSpec withZoneout(double value) {
    return new RecurrentSpec(
        cell,
        units,
        activation,
        kernelInitializer,
        recurrentInitializer,
        bidirectional,
        dropout,
        recurrentDropout,
        residual,
        value,
        recurrentWeightDrop);
  }

  /** The same layer with another weight drop. */
  public RecurrentSpec withRecurrentWeightDrop(double value) {
    return new RecurrentSpec(
        cell,
        units,
        activation,
        kernelInitializer,
        recurrentInitializer,
        bidirectional,
        dropout,
        recurrentDropout,
        residual,
        zoneout,
        value);
  }

  /**
   * What the names of the parameters of each cell begin with, the forward one first: "lstm_0", or
   * "bidirectional_0/forward_lstm" and "bidirectional_0/backward_lstm".
   *
   * @param index place of the layer in the network, from 0
   */
  public List<String> cellNames(int index) {
    String name = Network.layerName(this, index);
    String prefix = CellType.named(cell).tensorPrefix();
    return bidirectional
        ? List.of(name + "/forward_" + prefix, name + "/backward_" + prefix)
        : List.of(name);
  }

  /** Whether anything is left out in training. */
  boolean drops() {
    return dropout > 0 || recurrentDropout > 0 || zoneout > 0 || recurrentWeightDrop > 0;
  }

  /**
   * Width of the output: units, or twice as many.
   *
   * @throws ArithmeticException if that is more than an int holds
   */
  public int outputs() {
    return bidirectional ? Math.multiplyExact(2, units) : units;
  }
}
