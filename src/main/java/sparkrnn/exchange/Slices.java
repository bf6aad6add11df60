package sparkrnn.exchange;

import java.io.Serializable;

/**
 * How the workers of one fit share the parameters: each owns a slice of the flat array, of which it
 * gets every partial sum of the gradient, and which it hands to all when it has changed it.
 */
public final class Slices implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[] bounds;
  private final int[] sums;
  private final boolean bfloat16;

  /**
   * Slices of these bounds.
   *
   * @param bounds where the slice of each worker begins, then where the last one ends: begins with
   *     0, never falls
   * @param sums how many partial sums each worker makes
   * @param bfloat16 whether sums cross the network rounded to 16 bits
   */
  public Slices(int[] bounds, int[] sums, boolean bfloat16) {
    this.bounds = bounds.clone();
    this.sums = sums.clone();
    this.bfloat16 = bfloat16;
  }

  /** Slices of about the same number of blocks, each of {@code block} parameters. */
  public static int[] bounds(int parameters, int workers, int block) {
    int blocks = parameters / block + (parameters % block > 0 ? 1 : 0);
    int[] bounds = new int[workers + 1];
    for (int worker = 0; worker <= workers; worker++) {
      bounds[worker] = (int) Math.min((long) blocks * worker / workers * block, parameters);
    }
    return bounds;
  }

  /** How many workers there are. */
  public int workers() {
    return sums.length;
  }

  /** Length of the flat array. */
  public int parameters() {
    return bounds[sums.length];
  }

  /** The first place of a worker's slice. */
  public int from(int worker) {
    return bounds[worker];
  }

  /** Length of a worker's slice. */
  public int length(int worker) {
    return bounds[worker + 1] - bounds[worker];
  }

  /** How many partial sums a worker makes. */
  public int sums(int worker) {
    return sums[worker];
  }

  boolean bfloat16() {
    return bfloat16;
  }
}
