package sparkrnn.network;

import sparkrnn.parameter.ParameterLayout;
import sparkrnn.parameter.QrDecomposition;
import sparkrnn.sequence.PackedSequences;

/** SKELETON: the signatures that other packages build against. */
public final class Network {

  private final NetworkSpec spec;

  /**
   * @throws IllegalArgumentException if a field of the spec is out of its range; the message names
   *     the field, the value and what is needed
   */
  public Network(NetworkSpec spec) {
    this.spec = spec;
  }

  public NetworkSpec spec() {
    return spec;
  }

  /** Names, shapes and places of all parameters in the one flat array. */
  public ParameterLayout layout() {
    throw new UnsupportedOperationException();
  }

  /** A new flat array of initial parameters: a pure function of spec and seed. */
  public float[] initialParameters(long seed, QrDecomposition qr) {
    throw new UnsupportedOperationException();
  }

  /** Buffers for one thread; they grow to the largest shard seen and are then reused. */
  public NetworkWorkspace newWorkspace() {
    throw new UnsupportedOperationException();
  }

  /**
   * Overwrites {@link NetworkWorkspace#predictions()} (sequences, outputs), in the packed order.
   *
   * @param x (N, inputs), packed rows
   */
  public void forward(
      NetworkWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    throw new UnsupportedOperationException();
  }

  /**
   * The weighted sum of the losses of the predictions of the last {@link #forward}; a sequence's
   * loss is the mean over its outputs, as in Keras.
   *
   * @param targets (sequences, outputs), packed order
   * @param weights (sequences), packed order
   */
  public double loss(
      NetworkWorkspace workspace, PackedSequences sequences, float[] targets, float[] weights) {
    throw new UnsupportedOperationException();
  }

  /**
   * Forward and back-propagation through time: adds the gradient of {@code scale} times the
   * weighted sum of losses to {@code gradient} and returns that sum, not scaled.
   */
  public double addGradient(
      NetworkWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] targets,
      float[] weights,
      float scale,
      float[] parameters,
      float[] gradient) {
    throw new UnsupportedOperationException();
  }

  /** A table of the layers, their output shapes and parameter counts, as Keras prints it. */
  public String describe() {
    throw new UnsupportedOperationException();
  }
}
