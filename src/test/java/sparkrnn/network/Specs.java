package sparkrnn.network;

import java.util.List;

/** Specs for tests, with Keras' initializers. */
final class Specs {

  private Specs() {}

  static RecurrentSpec layer(String cell, int units) {
    return layer(cell, units, "tanh");
  }

  static RecurrentSpec layer(String cell, int units, String activation) {
    return new RecurrentSpec(cell, units, activation, "glorot_uniform", "orthogonal");
  }

  static RecurrentSpec bidirectional(String cell, int units) {
    return new RecurrentSpec(cell, units, "tanh", "glorot_uniform", "orthogonal", true, 0, 0);
  }

  /** The layer with dropout of its inputs and of its hidden state. */
  static RecurrentSpec dropping(double dropout, double recurrentDropout, RecurrentSpec layer) {
    return new RecurrentSpec(
        layer.cell(),
        layer.units(),
        layer.activation(),
        layer.kernelInitializer(),
        layer.recurrentInitializer(),
        layer.bidirectional(),
        dropout,
        recurrentDropout);
  }

  /** The layer with zoneout. */
  static RecurrentSpec zoningOut(double zoneout, RecurrentSpec layer) {
    return layer.withZoneout(zoneout);
  }

  /** The layer with weight drop. */
  static RecurrentSpec weightDropping(double rate, RecurrentSpec layer) {
    return layer.withRecurrentWeightDrop(rate);
  }

  /** The layer, adding its inputs to its outputs. */
  static RecurrentSpec residual(RecurrentSpec layer) {
    return layer.withResidual(true);
  }

  /** The spec with another pooling. */
  static NetworkSpec pooled(String pooling, NetworkSpec spec) {
    return new NetworkSpec(
        spec.inputs(),
        spec.recurrentLayers(),
        spec.outputs(),
        spec.loss(),
        spec.huberDelta(),
        pooling);
  }

  static NetworkSpec network(int inputs, int outputs, String loss, RecurrentSpec... layers) {
    return new NetworkSpec(inputs, List.of(layers), outputs, loss, 1);
  }
}
