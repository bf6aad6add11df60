package sparkrnn.ml;

import sparkrnn.data.DecodedSequence;

/**
 * Sequences that a network runs over together, each known by its place in the order of their
 * coming. For one thread.
 */
interface RowBatch {

  /** Forgets all sequences. */
  void clear();

  void add(DecodedSequence sequence);

  /** How many were added since {@link #clear}. */
  int sequences();

  /** The sum of their lengths. */
  long timeSteps();

  /** Runs the network over them. */
  void compute();
}
