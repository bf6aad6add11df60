package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link TaggingParams} of one stage. */
public final class TaggingParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> rawPredictionCol;
  final Param<String> probabilityCol;
  final Param<String> predictedLabelCol;
  final BooleanParam crf;

  TaggingParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    rawPredictionCol =
        params.text(
            "rawPredictionCol",
            "column of the outputs of each time step before softmax or CRF, array<vector>; empty: none is "
                + "added",
            Check.optionalColumnName());
    probabilityCol =
        params.text(
            "probabilityCol",
            "column of the probability of each label in each time step, array<vector> in the order "
                + "of labels, with crf whatever the other labels are; empty: none is added",
            Check.optionalColumnName());
    predictedLabelCol =
        params.text(
            "predictedLabelCol",
            "column of the predicted labels as texts, array<string>; empty: none is added",
            Check.optionalColumnName());
    crf =
        params.flag(
            "crf",
            "whether a linear-chain conditional random field stands on the outputs: labels of a "
                + "sequence are then trained and predicted together, with scores of neighbouring "
                + "labels that are learnt");
  }

  void setDefaults(Params stage) {
    stage.setDefault(rawPredictionCol, "");
    stage.setDefault(probabilityCol, "");
    stage.setDefault(predictedLabelCol, "");
    stage.setDefault(crf, false);
  }
}
