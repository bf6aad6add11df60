package sparkrnn.exchange;

import java.io.Serializable;

/**
 * What the driver asks of every worker at once. The exchange carries it; only driver and workers
 * know what it means. Mutable, so that one instance serves every round.
 */
public final class Round implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What to compute, at least 0. */
  public int kind;

  /** First argument of the kind. */
  public int epoch;

  /** Second argument of the kind. */
  public int batch;

  /** Third argument of the kind. */
  public float scale;

  /** The flat parameter array; workers read it and never write it. */
  public final float[] parameters;

  /**
   * What each sequence begins with where it is read piece by piece: the state that the piece before
   * ended in. Empty in other fits. Workers read it and never write it.
   */
  public final float[] states;

  /** A round for so many parameters. */
  public Round(int parameterCount) {
    this(parameterCount, 0);
  }

  /** A round for so many parameters and numbers of state. */
  public Round(int parameterCount, int stateCount) {
    this.parameters = new float[parameterCount];
    this.states = new float[stateCount];
  }

  @Override
  public String toString() {
    return "round of kind " + kind + ", epoch " + epoch + ", batch " + batch;
  }
}
