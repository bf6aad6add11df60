package sparkrnn.ml;

import java.io.Serializable;
import sparkrnn.data.ClassLabels;

/** Sums over time steps, and over entities, from which the quality of a tagger follows. */
final class TaggingStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Entities entities;
  private final Entities.Counts counts = new Entities.Counts();
  private final ClassStatistics timeSteps;
  private long sequences;

  /** Of no sequence. */
  TaggingStatistics(ClassLabels labels) {
    entities = Entities.of(labels).orElse(null);
    timeSteps = new ClassStatistics(labels.size(), false);
  }

  /**
   * Adds a sequence.
   *
   * @param labels places of the labels; below 0 for a time step without one, which does not count
   * @param predicted as many places
   * @param losses as many; not read where there is no label
   * @param weights one for all time steps, or one for each
   */
  void add(int[] labels, int[] predicted, double[] losses, double[] weights) {
    sequences++;
    for (int t = 0; t < labels.length; t++) {
      if (labels[t] >= 0) {
        double weight = weights[weights.length == 1 ? 0 : t];
        timeSteps.add(labels[t], predicted[t], losses[t], weight);
      }
    }
    if (entities != null) {
      entities.count(labels, predicted, weights, counts);
    }
  }

  /** Adds the sequences of another; it stays as it is. */
  void add(TaggingStatistics other) {
    sequences += other.sequences;
    timeSteps.add(other.timeSteps);
    counts.add(other.counts);
  }

  ClassStatistics timeSteps() {
    return timeSteps;
  }

  long sequences() {
    return sequences;
  }

  /** The counts of entities; null where labels mark none. */
  Entities.Counts entities() {
    return entities == null ? null : counts;
  }
}
