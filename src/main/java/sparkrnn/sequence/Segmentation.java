package sparkrnn.sequence;

import java.io.Serializable;

/**
 * How the way back through long sequences is cut, so that what it needs of all time steps is not
 * held at once.
 *
 * <p>Where sequences are cut, a run forward keeps the states at the begin of every segment and
 * nothing else; a run backward computes each segment again from its state, the last one first. With
 * segments of about the square root of the time steps, the states and one segment need about as
 * much.
 *
 * <p>Source: Chen et al. 2016, "Training deep nets with sublinear memory cost"; Gruslys et al. 2016
 * for recurrent networks.
 *
 * @param checkpoints whether segments are as short as saves most memory
 * @param bpttLength time steps that a gradient flows back at most, counted from the last time step
 *     of each sequence, at least 1; 0 for all
 */
public record Segmentation(boolean checkpoints, int bpttLength) implements Serializable {

  /** Whole sequences. */
  public static final Segmentation NONE = new Segmentation(false, 0);

  /** Whether long sequences are cut. */
  public boolean cuts() {
    return checkpoints || bpttLength > 0;
  }

  /**
   * Time steps of a segment.
   *
   * @param timeSteps of the longest sequence
   */
  public int length(int timeSteps) {
    if (!cuts()) {
      return timeSteps;
    }
    int root = (int) Math.ceil(Math.sqrt(timeSteps));
    return checkpoints && bpttLength < timeSteps ? root : Math.max(root, bpttLength);
  }

  /** Whether sequences are cut of which the longest has so many time steps. */
  public boolean cuts(int timeSteps) {
    return length(timeSteps) < timeSteps;
  }

  /** How many segments they have. */
  public int segments(int timeSteps) {
    return -Math.floorDiv(-timeSteps, length(timeSteps));
  }

  /**
   * Gives a segment the shape of one of them.
   *
   * @param k from 0
   */
  public void open(SequenceSegment segment, PackedSequences whole, int k) {
    int length = length(whole.timeSteps());
    segment.reset(whole, k * length, Math.min((k + 1) * length, whole.timeSteps()));
  }
}
