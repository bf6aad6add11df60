package sparkrnn.data;

import java.io.Serializable;

/** The values of the sequences of a virtual partition, wherever they lie. */
interface SequenceValues extends Serializable {

  /** Adds time steps [fromStep, fromStep + steps) of a sequence to a shard. */
  void addTo(ShardBuffer shard, int sequence, int fromStep, int steps);

  /**
   * Says which sequences will be added soon, so that they can be on their way meanwhile.
   *
   * @param places their order; from start on, so many of them
   */
  default void expect(int[] places, int start, int size) {}

  /** Bytes on the heap. */
  long heapBytes();
}
