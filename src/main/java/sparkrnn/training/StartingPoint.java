package sparkrnn.training;

import java.util.List;
import sparkrnn.network.Network;

/**
 * What a fit begins with.
 *
 * @param parameters in the layout of the network, read only; null for those of initializers and
 *     seed
 * @param frozen names of layers or tensors that keep them to the last bit, as {@link FrozenTensors}
 *     reads them
 */
public record StartingPoint(float[] parameters, List<String> frozen) {

  /** Initializers and seed, and every parameter is trained. */
  public static final StartingPoint INITIAL = new StartingPoint(null, List.of());

  /** Copies the list. */
  public StartingPoint {
    frozen = List.copyOf(frozen);
  }

  /** The parameters of the first training step, in the layout of the network; read only. */
  public float[] parameters(Network network, long seed) {
    return parameters == null ? network.initialParameters(seed, new BreezeQr()) : parameters;
  }
}
