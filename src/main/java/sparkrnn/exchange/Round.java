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

  /** Further arguments of the kind, in the same number in every round of a fit. */
  public final double[] arguments;

  /** Whether {@link #parts}, at the driver, and {@link #part}, at a worker, mean anything. */
  public boolean hasParts;

  /**
   * At the driver: what single workers get. They alone get it, and only with the sharded exchange.
   */
  public transient RoundParts parts;

  /** At a worker: its own part. */
  public final float[] part;

  /** A round for so many parameters. */
  public Round(int parameterCount) {
    this(parameterCount, 0);
  }

  /** A round for so many parameters and numbers of state. */
  public Round(int parameterCount, int stateCount) {
    this(new float[parameterCount], new float[stateCount], 0, 0);
  }

  /** A round around these arrays. */
  public Round(float[] parameters, float[] states, int argumentCount, int partCount) {
    this.parameters = parameters;
    this.states = states;
    this.arguments = new double[argumentCount];
    this.part = new float[partCount];
  }

  @Override
  public String toString() {
    return "round of kind " + kind + ", epoch " + epoch + ", batch " + batch;
  }
}
