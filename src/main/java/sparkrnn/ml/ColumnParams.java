package sparkrnn.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** Params that say which columns a stage reads and writes. */
public interface ColumnParams extends Params {

  /** The params, built once per stage. */
  ColumnParamDefinitions columnParams();

  /**
   * Column of the sequences: array&lt;number&gt; (one feature per time step), or
   * array&lt;array&lt;number&gt;&gt; or array&lt;vector&gt; (time steps by features); lengths may
   * differ from row to row.
   */
  default Param<String> featuresCol() {
    return columnParams().featuresCol;
  }

  /** The value of {@link #featuresCol()}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /**
   * Columns of the sequences in place of {@link #featuresCol()}, each of a type that featuresCol
   * may be of: their features stand side by side in every time step; in a row all must have as many
   * time steps. Empty: featuresCol alone.
   */
  default StringArrayParam featuresCols() {
    return columnParams().featuresCols;
  }

  /** The value of {@link #featuresCols()}. */
  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols()).clone();
  }

  /**
   * Column of what to predict: a number for one output, array&lt;number&gt; or vector for several.
   */
  default Param<String> labelCol() {
    return columnParams().labelCol;
  }

  /** The value of {@link #labelCol()}. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /**
   * Column that transform adds: double where labels are numbers, array&lt;double&gt; where they are
   * arrays or vectors.
   */
  default Param<String> predictionCol() {
    return columnParams().predictionCol;
  }

  /** The value of {@link #predictionCol()}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /**
   * Column that transform adds where pooling is attention: array&lt;float&gt;, the weight of each
   * time step of the sequence, which sum to 1; unset or empty: none.
   */
  default Param<String> attentionCol() {
    return columnParams().attentionCol;
  }

  /** The value of {@link #attentionCol()}, which must be set. */
  default String getAttentionCol() {
    return getOrDefault(attentionCol());
  }

  /**
   * Column of the weight of each row in the loss, a number of at least 0; unset or empty: every row
   * weighs 1.
   */
  default Param<String> weightCol() {
    return columnParams().weightCol;
  }

  /** The value of {@link #weightCol()}. */
  default String getWeightCol() {
    return getOrDefault(weightCol());
  }

  /**
   * Boolean column: true holds a row out for validation; unset or empty: see validationFraction.
   */
  default Param<String> validationIndicatorCol() {
    return columnParams().validationIndicatorCol;
  }

  /** The value of {@link #validationIndicatorCol()}. */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /**
   * What to do with a row that can not be used (null, empty or ragged sequence, NaN, infinity; in
   * fit also its label and weight): error stops and names the row, skip leaves it out, keep (only
   * of a model, in transform) gives it a null prediction.
   */
  default Param<String> handleInvalid() {
    return columnParams().handleInvalid;
  }

  /** The value of {@link #handleInvalid()}. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /**
   * Rows that transform computes in one piece, at least 1; larger needs more memory on the
   * executors and is hardly faster.
   */
  default IntParam predictionBatchSize() {
    return columnParams().predictionBatchSize;
  }

  /** The value of {@link #predictionBatchSize()}. */
  default int getPredictionBatchSize() {
    return (Integer) getOrDefault(predictionBatchSize());
  }
}
