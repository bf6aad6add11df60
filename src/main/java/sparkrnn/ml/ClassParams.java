package sparkrnn.ml;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params of classes, by their names in Spark ML. */
public interface ClassParams extends Params {

  /** The params, built once per stage. */
  ClassParamDefinitions classParams();

  /** Column of the outputs before softmax or sigmoid, a vector; empty: none is added. */
  default Param<String> rawPredictionCol() {
    return classParams().rawPredictionCol;
  }

  /** The value of {@link #rawPredictionCol()}. */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /**
   * Column of the probability of each label, a vector in the order of labels; empty: none is added.
   */
  default Param<String> probabilityCol() {
    return classParams().probabilityCol;
  }

  /** The value of {@link #probabilityCol()}. */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /**
   * Column of the predicted label as a text; empty: none is added; not where labels are arrays,
   * which have no names.
   */
  default Param<String> predictedLabelCol() {
    return classParams().predictedLabelCol;
  }

  /** The value of {@link #predictedLabelCol()}. */
  default String getPredictedLabelCol() {
    return getOrDefault(predictedLabelCol());
  }

  /**
   * One number for each label, all at least 0 and at most one of them 0: the predicted label is
   * that with the largest probability divided by its number, as in Spark's classifiers; unset: that
   * with the largest probability.
   */
  default DoubleArrayParam thresholds() {
    return classParams().thresholds;
  }

  /** The value of {@link #thresholds()}. */
  default double[] getThresholds() {
    return getOrDefault(thresholds()).clone();
  }

  /**
   * Probability above which a label holds, in [0, 1); read only where labels are arrays of 0 and 1.
   */
  default DoubleParam threshold() {
    return classParams().threshold;
  }

  /** The value of {@link #threshold()}. */
  default double getThreshold() {
    return (Double) getOrDefault(threshold());
  }

  /**
   * How rows weigh in training by their class: none, or balanced (rows over classes times rows of
   * the class, counted over all rows with a label, so that all classes weigh the same in sum);
   * times weightCol; not where labels are arrays.
   */
  default Param<String> classWeighting() {
    return classParams().classWeighting;
  }

  /** The value of {@link #classWeighting()}. */
  default String getClassWeighting() {
    return getOrDefault(classWeighting());
  }

  /**
   * Weight in training of the rows of each class, in the order of labels (numbers ascending, texts
   * alphabetical), each above 0; times weightCol; unset: see classWeighting.
   */
  default DoubleArrayParam classWeights() {
    return classParams().classWeights;
  }

  /** The value of {@link #classWeights()}. */
  default double[] getClassWeights() {
    return getOrDefault(classWeights()).clone();
  }

  /**
   * Share of the target that is spread evenly over all labels, in [0, 1), as in Keras; of labels in
   * arrays each target moves by it towards one half.
   */
  default DoubleParam labelSmoothing() {
    return classParams().labelSmoothing;
  }

  /** The value of {@link #labelSmoothing()}. */
  default double getLabelSmoothing() {
    return (Double) getOrDefault(labelSmoothing());
  }
}
