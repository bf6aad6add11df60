package sparkrnn.layer;

/** The buffers of a pooling in one thread. */
public final class PoolingWorkspace {

  float[] pooled = new float[0];
  private float[] dPooled = new float[0];

  /** (S, H), the time step that the maximum is of. */
  int[] timeSteps = new int[0];

  /** (N, H), what was pooled; a reference. */
  float[] y = new float[0];

  /** (N, H), the hidden layer of the attention. */
  float[] u = new float[0];

  /** (N), the weights of the attention, and the gradient by what they are the softmax of. */
  float[] attention = new float[0];

  float[] ds = new float[0];

  /**
   * (S), the largest score so far of a pooling by attention over segments; then the mean of the
   * gradients by its weights.
   */
  float[] largest = new float[0];

  /** (S), the sum of the exponentials so far. */
  double[] sums = new double[0];

  /** (S, H), the result of the last forward run; longer than needed is possible. */
  public float[] pooled() {
    return pooled;
  }

  /** (S, H), the gradient of the loss by it, for the layer above to write. */
  public float[] dPooled() {
    return dPooled;
  }

  void growPooled(int size) {
    pooled = RecurrentWorkspace.grown(pooled, size);
  }

  /**
   * (N), the weight of each packed row in the last forward run of a pooling by attention; longer
   * than needed is possible.
   */
  public float[] attention() {
    return attention;
  }

  /**
   * Makes room; what attention held is lost where it grows.
   *
   * @param rows N
   * @param rowsAtOnce fewer where the rows come in segments
   */
  void growAttention(int rows, int rowsAtOnce, int columns) {
    u = RecurrentWorkspace.grown(u, rowsAtOnce * columns);
    attention = RecurrentWorkspace.grown(attention, rows);
    ds = RecurrentWorkspace.grown(ds, rowsAtOnce);
  }

  void growOnline(int sequences) {
    largest = RecurrentWorkspace.grown(largest, sequences);
    sums = sums.length >= sequences ? sums : new double[sequences];
  }

  void growTimeSteps(int size) {
    timeSteps = timeSteps.length >= size ? timeSteps : new int[size];
  }

  /** Makes room for the gradient of so many elements; what it held is lost. */
  public void growBackward(int size) {
    dPooled = RecurrentWorkspace.grown(dPooled, size);
  }
}
