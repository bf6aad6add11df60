package sparkrnn.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sparkrnn.data.ClassLabels;

/**
 * Entities in sequences of labels, found as conlleval does (Sang and Buchholz 2000, CoNLL).
 *
 * <p>Labels are "O" outside of entities, "B-TYPE" where one begins and "I-TYPE" inside. An entity
 * also begins with an "I-TYPE" that follows "O", another type or nothing, and ends before "O",
 * "B-...", another type and the end of the sequence. It is found where type, first and last time
 * step are right.
 */
final class Entities implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String OUTSIDE = "O";

  private static final int NO_TYPE = -1;

  /** By place of the label: the type, NO_TYPE outside. */
  private final int[] types;

  /** By place of the label: whether it is a "B-". */
  private final boolean[] begins;

  private Entities(ClassLabels labels) {
    types = new int[labels.size()];
    begins = new boolean[labels.size()];
    List<String> names = new ArrayList<>();
    for (int k = 0; k < types.length; k++) {
      String label = labels.names().get(k);
      String type = label.equals(OUTSIDE) ? "" : label.substring(2);
      if (!type.isEmpty() && !names.contains(type)) {
        names.add(type);
      }
      types[k] = type.isEmpty() ? NO_TYPE : names.indexOf(type);
      begins[k] = label.startsWith("B-");
    }
  }

  /** Of labels that mark entities: "O", "B-TYPE" and "I-TYPE", and nothing else. */
  static Optional<Entities> of(ClassLabels labels) {
    List<String> names = labels.names();
    boolean marked =
        labels.kind() == ClassLabels.Kind.TEXT
            && names.stream().allMatch(name -> name.matches("O|[BI]-.+"))
            && names.stream().anyMatch(name -> !name.equals(OUTSIDE));
    return marked ? Optional.of(new Entities(labels)) : Optional.empty();
  }

  /** Sums of weights; an entity weighs what its first time step does. */
  static final class Counts implements Serializable {

    private static final long serialVersionUID = 1L;

    private double correct;
    private double labelled;
    private double predicted;

    void add(Counts other) {
      correct += other.correct;
      labelled += other.labelled;
      predicted += other.predicted;
    }

    /** Share of the predicted entities that are right; 0 where there are none. */
    double precision() {
      return predicted == 0 ? 0 : correct / predicted;
    }

    /** Share of the labelled entities that are found; 0 where there are none. */
    double recall() {
      return labelled == 0 ? 0 : correct / labelled;
    }

    /** The harmonic mean of both; 0 where both are. */
    double f1() {
      return labelled + predicted == 0 ? 0 : 2 * correct / (labelled + predicted);
    }
  }

  /**
   * Counts the entities of one sequence.
   *
   * @param labels places of the labels, below 0 for a time step without one: outside of entities,
   *     predicted ones too
   * @param predicted as many places
   * @param weights one for all time steps, or one for each
   */
  void count(int[] labels, int[] predicted, double[] weights, Counts counts) {
    boolean both = false;
    double weight = 0;
    for (int t = 0; t <= labels.length; t++) {
      boolean known = t < labels.length && labels[t] >= 0;
      boolean knownBefore = t > 0 && labels[t - 1] >= 0;
      int label = known ? labels[t] : NO_TYPE;
      int found = known ? predicted[t] : NO_TYPE;
      int labelBefore = knownBefore ? labels[t - 1] : NO_TYPE;
      int foundBefore = knownBefore ? predicted[t - 1] : NO_TYPE;
      boolean labelEnds = ends(labelBefore, label);
      boolean foundEnds = ends(foundBefore, found);
      if (both && labelEnds && foundEnds) {
        counts.correct += weight;
      }
      both &= !labelEnds && !foundEnds;
      boolean labelBegins = begins(labelBefore, label);
      boolean foundBegins = begins(foundBefore, found);
      double here = known ? weights[weights.length == 1 ? 0 : t] : 0;
      counts.labelled += labelBegins ? here : 0;
      counts.predicted += foundBegins ? here : 0;
      if (labelBegins && foundBegins && type(label) == type(found)) {
        both = true;
        weight = here;
      }
    }
  }

  private int type(int place) {
    return place < 0 ? NO_TYPE : types[place];
  }

  private boolean begins(int before, int label) {
    return type(label) != NO_TYPE && (begins[label] || type(before) != type(label));
  }

  private boolean ends(int before, int label) {
    return type(before) != NO_TYPE && (type(label) != type(before) || begins[label]);
  }
}
