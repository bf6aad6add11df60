package sparkrnn.ml;

import java.io.Serializable;
import java.util.Map;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;

/** A network's description with its trained parameters. */
final class FittedNetwork implements Serializable {

  private static final long serialVersionUID = 1L;

  private final NetworkSpec spec;
  private final float[] parameters;
  private final boolean arrayLabels;

  /**
   * Keeps the arguments; nobody may write to the array afterwards.
   *
   * @param parameters in the layout of the network
   * @param arrayLabels whether labels, and so predictions, are arrays even where outputs is 1
   */
  FittedNetwork(NetworkSpec spec, float[] parameters, boolean arrayLabels) {
    this.spec = spec;
    this.parameters = parameters;
    this.arrayLabels = arrayLabels;
  }

  NetworkSpec spec() {
    return spec;
  }

  float[] parameters() {
    return parameters;
  }

  boolean arrayLabels() {
    return arrayLabels;
  }

  /** A new network of this description, without the parameters. */
  Network network() {
    return new Network(spec);
  }

  /** Copies of the tensors by name, in the order of their places. */
  Map<String, float[]> weights() {
    return network().tensors(parameters);
  }
}
