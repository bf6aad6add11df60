package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The params of {@link ColumnParams} of one stage. */
public final class ColumnParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> featuresCol;
  final StringArrayParam featuresCols;
  final Param<String> labelCol;
  final Param<String> predictionCol;
  final Param<String> attentionCol;
  final Param<String> weightCol;
  final Param<String> validationIndicatorCol;
  final Param<String> handleInvalid;
  final IntParam predictionBatchSize;

  ColumnParamDefinitions(Params stage, LabelWords words, String... invalidPolicies) {
    ParamFactory params = new ParamFactory(stage);
    featuresCol = params.text("featuresCol", words.featuresCol(), Check.columnName());
    featuresCols =
        params.texts(
            "featuresCols",
            "columns of the sequences in place of featuresCol, each of a type that featuresCol "
                + "may be of: their features stand side by side in every time step; in a row all "
                + "must have as many time steps. Empty: featuresCol alone",
            Check.columnNames());
    labelCol = params.text("labelCol", words.labelCol(), Check.columnName());
    predictionCol = params.text("predictionCol", words.predictionCol(), Check.columnName());
    attentionCol =
        params.text(
            "attentionCol",
            "column that transform adds where pooling is attention: array<float>, the weight of "
                + "each time step of the sequence, which sum to 1; unset or empty: none",
            Check.optionalColumnName());
    weightCol = params.text("weightCol", words.weightCol(), Check.optionalColumnName());
    validationIndicatorCol =
        params.text(
            "validationIndicatorCol",
            "boolean column: true holds a row out for validation; unset or empty: see "
                + "validationFraction",
            Check.optionalColumnName());
    handleInvalid =
        params.text(
            "handleInvalid",
            "what to do with a row that can not be used (null, empty or ragged sequence, NaN, "
                + "infinity; in fit also its label and weight): error stops and names the row, skip "
                + "leaves it out, keep (only of a model, in transform) gives it a null prediction",
            Check.oneOf(invalidPolicies));
    predictionBatchSize =
        params.wholeNumber(
            "predictionBatchSize",
            "rows that transform computes in one piece, at least 1; larger needs more memory on "
                + "the executors and is hardly faster",
            Check.wholeNumberFrom(1));
  }

  void setDefaults(Params stage) {
    stage.setDefault(featuresCol, "features");
    stage.setDefault(featuresCols, new String[0]);
    stage.setDefault(labelCol, "label");
    stage.setDefault(predictionCol, "prediction");
    stage.setDefault(handleInvalid, "error");
    stage.setDefault(predictionBatchSize, 256);
  }
}
