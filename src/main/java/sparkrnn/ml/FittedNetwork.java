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

  /**
   * Keeps the arguments; nobody may write to the array afterwards.
   *
   * @param parameters in the layout of the network
   */
  FittedNetwork(NetworkSpec spec, float[] parameters) {
    this.spec = spec;
    this.parameters = parameters;
  }

  NetworkSpec spec() {
    return spec;
  }

  float[] parameters() {
    return parameters;
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
