package sparkrnn.ml;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import sparkrnn.data.ClassLabels;

/**
 * What a saved classifier or tagger keeps besides its network.
 *
 * @param labels the classes in the order of the outputs
 * @param trainingAccuracy of the fitted model on the training sequences, weighted
 * @param validationAccuracy on those held out; null where none were
 * @param trainingEntityF1 on the training sequences; null where labels are not those of entities
 * @param validationEntityF1 on those held out; null also where none were
 */
record ClassDescription(
    ClassLabels labels,
    Double trainingAccuracy,
    Double validationAccuracy,
    Double trainingEntityF1,
    Double validationEntityF1)
    implements Serializable {

  ClassDescription {
    Objects.requireNonNull(labels, "labels");
  }

  /** Of a classifier. */
  ClassDescription(ClassLabels labels, Double trainingAccuracy, Double validationAccuracy) {
    this(labels, trainingAccuracy, validationAccuracy, null, null);
  }

  /** The loss of a kind of label, by its name in the network's spec. */
  static String loss(ClassLabels.Kind kind) {
    return kind == ClassLabels.Kind.ARRAY ? "binaryCrossEntropy" : "crossEntropy";
  }

  /**
   * Checks a param that holds one number for each label.
   *
   * @throws IllegalArgumentException if it holds another number of them
   */
  static void requireOneForEach(String stage, String param, int found, ClassLabels labels) {
    if (found != labels.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has %d numbers and there are %d labels (%s); one is needed for each, in this"
                  + " order.",
              stage,
              param,
              found,
              labels.size(),
              labels.shown()));
    }
  }
}
