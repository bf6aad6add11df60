package sparkrnn.data;

import java.io.Serializable;

/**
 * Sequences of consecutive ranks with their labels and weights; the values of the sequences are on
 * the heap or on the local disk.
 *
 * <p>Immutable once built by {@link VirtualPartitionBuilder}.
 */
public final class VirtualPartition implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int index;
  private final int outputs;
  private final SequenceValues values;
  private final int[] timeSteps;
  private final float[] labels;
  private final float[] weights;

  VirtualPartition(
      int index,
      int outputs,
      SequenceValues values,
      int[] timeSteps,
      float[] labels,
      float[] weights) {
    this.index = index;
    this.outputs = outputs;
    this.values = values;
    this.timeSteps = timeSteps;
    this.labels = labels;
    this.weights = weights;
  }

  /** Its number, from 0, in the {@link BatchPlan}. */
  public int index() {
    return index;
  }

  /** How many sequences it holds. */
  public int size() {
    return timeSteps.length;
  }

  /** Adds the values of a sequence to a shard; they must not change before it is packed. */
  public void addTo(ShardBuffer shard, int sequence) {
    values.addTo(shard, sequence, 0, timeSteps[sequence]);
  }

  /** Adds a part of a sequence to a shard. */
  public void addTo(ShardBuffer shard, int sequence, int fromStep, int steps) {
    values.addTo(shard, sequence, fromStep, steps);
  }

  /**
   * Says which sequences will be added to a shard soon, so that they are on their way from the disk
   * while another one is computed; where they are on the heap it does nothing.
   *
   * @param places the order of the sequences; from start on, so many of them
   */
  public void expect(int[] places, int start, int size) {
    values.expect(places, start, size);
  }

  /** Bytes of its values on the heap. */
  long heapBytes() {
    return values.heapBytes();
  }

  /** Time steps of a sequence. */
  public int timeSteps(int sequence) {
    return timeSteps[sequence];
  }

  /** Copies the label of a sequence to {@code target} from {@code targetOffset} on. */
  public void copyLabel(int sequence, float[] target, int targetOffset) {
    System.arraycopy(labels, sequence * outputs, target, targetOffset, outputs);
  }

  /** The weight of a sequence. */
  public float weight(int sequence) {
    return weights[sequence];
  }

  /** The sum of the weights, added in the order of the ranks. */
  public double weightSum() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
