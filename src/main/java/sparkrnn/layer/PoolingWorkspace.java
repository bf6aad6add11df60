package sparkrnn.layer;

/** The buffers of a pooling in one thread. */
public final class PoolingWorkspace {

  float[] pooled = new float[0];
  private float[] dPooled = new float[0];

  /** (S, H), the time step that the maximum is of. */
  int[] timeSteps = new int[0];

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

  void growTimeSteps(int size) {
    timeSteps = timeSteps.length >= size ? timeSteps : new int[size];
  }

  /** Makes room for the gradient of so many elements; what it held is lost. */
  public void growBackward(int size) {
    dPooled = RecurrentWorkspace.grown(dPooled, size);
  }
}
