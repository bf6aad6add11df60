package sparkrnn.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params of labels of time steps. */
public interface TaggingParams extends Params {

  /** The params, built once per stage. */
  TaggingParamDefinitions taggingParams();

  /**
   * Column of the outputs of each time step before softmax or CRF, array&lt;vector&gt;; empty:
   * none.
   */
  default Param<String> rawPredictionCol() {
    return taggingParams().rawPredictionCol;
  }

  /** The value of {@link #rawPredictionCol()}. */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /**
   * Column of the probability of each label in each time step, array&lt;vector&gt; in the order of
   * labels; empty: none is added.
   */
  default Param<String> probabilityCol() {
    return taggingParams().probabilityCol;
  }

  /** The value of {@link #probabilityCol()}. */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /** Column of the predicted labels as texts, array&lt;string&gt;; empty: none is added. */
  default Param<String> predictedLabelCol() {
    return taggingParams().predictedLabelCol;
  }

  /** The value of {@link #predictedLabelCol()}. */
  default String getPredictedLabelCol() {
    return getOrDefault(predictedLabelCol());
  }

  /**
   * Whether a linear-chain conditional random field stands on the outputs: labels of a sequence are
   * then trained and predicted together, with scores of neighbouring labels that are learnt.
   */
  default BooleanParam crf() {
    return taggingParams().crf;
  }

  /** The value of {@link #crf()}. */
  default boolean getCrf() {
    return (Boolean) getOrDefault(crf());
  }
}
