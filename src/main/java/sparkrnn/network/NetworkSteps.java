package sparkrnn.network;

import java.util.Locale;
import sparkrnn.layer.PoolingType;
import sparkrnn.sequence.PackedSequences;

/**
 * A network that reads a sequence one time step after the other, for as long as there are new ones:
 * what it knows of those before is its state. For one thread.
 *
 * <pre>
 *   state = [ h, c of each layer, the lowest first | pooled (H), time steps (1) ]     zeros at first
 *   last      outputs = head(y(t))
 *   mean      pooled += y(t)            outputs = head(pooled / time steps)
 *   max       pooled = max(pooled, y(t))       outputs = head(pooled)
 *   none      outputs = head(y(t)), those of time step t
 * </pre>
 *
 * <p>Only mean and max have the second part. The outputs are those of {@link Network#forward} over
 * all time steps so far, to the rounding of sums.
 */
public final class NetworkSteps {

  /** From here on a float that counts by one stays what it is. */
  private static final float MOST_STEPS = 1 << 24;

  private final Network network;
  private final NetworkWorkspace workspace;
  private final float[] parameters;
  private final PackedSequences one = PackedSequences.of(1);
  private final PoolingType pooling;
  private final int pooledAt;

  /** H where time steps are pooled, else 0. */
  private final int pooledSize;

  /**
   * @param parameters in the layout of the network; referred to
   * @throws IllegalArgumentException if outputs of the network depend on time steps to come, or on
   *     all of those before one by one
   */
  public NetworkSteps(Network network, float[] parameters) {
    check(network.spec());
    this.network = network;
    this.workspace = network.newWorkspace();
    this.parameters = parameters;
    this.pooling = PoolingType.named(network.spec().pooling());
    this.pooledAt = network.stateSize();
    boolean pools = pooling == PoolingType.MEAN || pooling == PoolingType.MAX;
    this.pooledSize = pools ? network.encodingSize() : 0;
  }

  private static void check(NetworkSpec spec) {
    for (int i = 0; i < spec.recurrentLayers().size(); i++) {
      if (spec.recurrentLayers().get(i).bidirectional()) {
        throw refusal("layer %d is bidirectional, and reads time steps that are still to come", i);
      }
    }
    if (spec.pooling().equals(PoolingType.ATTENTION.specName())) {
      throw refusal("pooling is \"attention\", which weighs all time steps anew with each");
    }
    if (spec.crf()) {
      throw refusal("there is a CRF, whose labels depend on each other in both directions");
    }
  }

  private static IllegalArgumentException refusal(String format, Object... values) {
    return new IllegalArgumentException(
        "NetworkSteps: "
            + String.format(Locale.ROOT, format, values)
            + "; a network can go on step by step only from what it has read. Train it with"
            + " bidirectional false, crf false and a pooling of \"last\", \"mean\" or \"max\", or"
            + " score whole sequences.");
  }

  /** Numbers of a state. */
  public int stateSize() {
    return pooledAt + (pooledSize > 0 ? pooledSize + 1 : 0);
  }

  /**
   * Reads one time step: overwrites the state, {@link #outputs()} and {@link #encoding()}.
   *
   * @param x (features)
   * @param state (stateSize), all zeros before the first time step
   * @throws IllegalArgumentException if an array is shorter than its shape, or the mean is over
   *     more time steps than a float counts
   */
  public void step(float[] x, float[] state) {
    network.setStates(workspace, 1, state, 0);
    network.forward(workspace, one, x, parameters);
    network.copyStates(workspace, 1, state, 0);
    if (pooledSize > 0) {
      pool(state);
      network.runHead(workspace, one, 1, parameters, workspace.predictions);
    }
  }

  /** Of one time step alone y(t) is the mean and the maximum. */
  private void pool(float[] state) {
    float[] pooled = workspace.pooling.pooled();
    int countAt = pooledAt + pooledSize;
    float steps = state[countAt] + 1;
    if (pooling == PoolingType.MEAN && steps > MOST_STEPS - 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "NetworkSteps: the state is the mean over %.0f time steps, as many as can be counted."
                  + " Begin anew with a state of zeros.",
              state[countAt]));
    }
    for (int e = 0; e < pooledSize; e++) {
      float before = state[pooledAt + e];
      float y = pooled[e];
      if (pooling == PoolingType.MEAN) {
        state[pooledAt + e] = before + y;
        pooled[e] = (before + y) / steps;
      } else {
        pooled[e] = steps == 1 || y > before || Float.isNaN(y) ? y : before;
        state[pooledAt + e] = pooled[e];
      }
    }
    state[countAt] = Math.min(steps, MOST_STEPS);
  }

  /** (K), before what they stand for; longer than needed is possible. */
  public float[] outputs() {
    return workspace.predictions;
  }

  /** (H), what the head saw; longer than needed is possible. */
  public float[] encoding() {
    return workspace.pooling.pooled();
  }
}
