package sparkrnn.training;

/**
 * Keeps the parameters of the epoch with the lowest loss and says when to stop waiting for a lower
 * one.
 */
final class EarlyStopping {

  private final int patience;
  private final double minDelta;
  private final float[] best;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int waited;

  /**
   * Nothing seen yet.
   *
   * @param patience epochs without improvement; 0 never stops
   */
  EarlyStopping(int patience, double minDelta, int parameterCount) {
    this.patience = patience;
    this.minDelta = minDelta;
    this.best = new float[parameterCount];
  }

  /** Takes note of the loss at the end of an epoch; true if it is time to stop. */
  boolean observe(int epoch, double loss, float[] parameters) {
    if (loss < bestLoss - minDelta) {
      bestLoss = loss;
      bestEpoch = epoch;
      waited = 0;
      System.arraycopy(parameters, 0, best, 0, best.length);
      return false;
    }
    waited++;
    return patience > 0 && waited >= patience;
  }

  /** The epoch of the lowest loss; 0 before the first observation. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** The parameters at the end of {@link #bestEpoch}; live. */
  float[] best() {
    return best;
  }

  double bestLoss() {
    return bestLoss;
  }

  int waited() {
    return waited;
  }

  /** Goes on from a checkpoint. */
  void restore(int epoch, double loss, int waitedEpochs, float[] parameters) {
    bestEpoch = epoch;
    bestLoss = loss;
    waited = waitedEpochs;
    System.arraycopy(parameters, 0, best, 0, best.length);
  }
}
