package sparkrnn.network;

import sparkrnn.sequence.PackedSequences;

/**
 * The gradient of outputs of a network by what its first recurrent layer reads: the features, and
 * in the place of ids their vectors.
 *
 * <p>Shapes: N packed rows, E numbers of a time step that the first layer reads, K outputs, R rows
 * of the head (one for each sequence, or N without pooling).
 *
 * <pre>
 *   embedded, dEmbedded (N, E)    outputs, dOutputs (R, K)
 * </pre>
 *
 * <p>Outputs are those of the head, before softmax, sigmoid or CRF. Nothing is dropped; zoneout is
 * its expectation. Sequences are run whole, so that the buffers are those of a training step; the
 * products are two thirds of one. For one thread; nothing is allocated once the buffers have grown
 * to the largest shard.
 */
public final class InputGradient {

  private final Network network;
  private final float[] parameters;
  private final NetworkWorkspace workspace;

  /** What layers still add to the gradient by their parameters; nobody reads it. */
  private final float[] unread;

  /**
   * @param parameters in the layout of the network; read only
   */
  public InputGradient(Network network, float[] parameters) {
    this.network = network;
    this.parameters = parameters;
    this.workspace = network.newWorkspace();
    this.unread = new float[network.layout().size()];
    workspace.layers.forEach(layer -> layer.setAddsGradient(false));
  }

  /** E. */
  public int embeddedSize() {
    return network.embeddedSize();
  }

  /** R. */
  public int outputRows(PackedSequences sequences) {
    return network.pooling.rows(sequences);
  }

  /**
   * What the first layer reads; longer than needed is possible, and until the next call.
   *
   * @param x (N, inputs), packed rows
   */
  public float[] embed(PackedSequences sequences, float[] x) {
    return network.embed(workspace, sequences.rows(), x, parameters);
  }

  /** The outputs; longer than needed is possible, and until the next call. */
  public float[] forward(PackedSequences sequences, float[] embedded) {
    network.runEmbedded(workspace, sequences, embedded, parameters);
    return workspace.predictions();
  }

  /**
   * Overwrites {@code dEmbedded} with the gradient of the sum of all outputs, each times its number
   * in {@code dOutputs}. Must follow {@link #forward} of the same sequences, once.
   */
  public void backward(PackedSequences sequences, float[] dOutputs, float[] dEmbedded) {
    network.backEmbedded(workspace, sequences, dOutputs, dEmbedded, parameters, unread);
  }
}
