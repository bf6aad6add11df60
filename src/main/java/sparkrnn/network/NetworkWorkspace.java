package sparkrnn.network;

/** SKELETON: buffers of one thread. */
public final class NetworkWorkspace {

  /** (sequences, outputs), row-major, packed order; longer than needed is possible. */
  public float[] predictions() {
    throw new UnsupportedOperationException();
  }
}
