package sparkrnn.data;

import java.io.Serializable;

/** The values of the sequences of a virtual partition, wherever they lie. */
interface SequenceValues extends Serializable {

  /** Adds time steps [fromStep, fromStep + steps) of a sequence to a shard. */
  void addTo(ShardBuffer shard, int sequence, int fromStep, int steps);

  /** Bytes on the heap. */
  long heapBytes();
}
