package sparkrnn.exchange;

import java.io.Serializable;

/**
 * What one worker answers to a round; its size is fixed for a fit. Mutable, so that one instance
 * serves every round.
 */
public final class Contribution implements Serializable {

  private static final long serialVersionUID = 1L;

  /** One number for each shard of the worker. */
  public final double[] losses;

  /** Further numbers of the whole worker. */
  public final double[] measures;

  /** One flat array for each partial sum of the worker, as long as the parameters that it has. */
  public final float[][] sums;

  /** Whether {@link #sums} mean anything in this round; they cross the network only then. */
  public boolean hasSums;

  /** What the worker's own part of {@link Round#states} is to be in the next round. */
  public final float[] states;

  /** A contribution of this shape. */
  public Contribution(ContributionShape shape) {
    this.losses = new double[shape.losses()];
    this.measures = new double[shape.measures()];
    this.sums = new float[shape.sums()][shape.parameters()];
    this.states = new float[shape.states()];
  }
}
