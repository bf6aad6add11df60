package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link ClassParams} of one stage. */
public final class ClassParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> rawPredictionCol;
  final Param<String> probabilityCol;
  final Param<String> predictedLabelCol;
  final DoubleArrayParam thresholds;
  final DoubleParam threshold;
  final Param<String> classWeighting;
  final DoubleArrayParam classWeights;
  final DoubleParam labelSmoothing;

  ClassParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    rawPredictionCol =
        params.text(
            "rawPredictionCol",
            "column of the outputs before softmax or sigmoid, a vector; empty: none is added",
            Check.optionalColumnName());
    probabilityCol =
        params.text(
            "probabilityCol",
            "column of the probability of each label, a vector in the order of labels; empty: "
                + "none is added",
            Check.optionalColumnName());
    predictedLabelCol =
        params.text(
            "predictedLabelCol",
            "column of the predicted label as a text; empty: none is added; not where labels are "
                + "arrays, which have no names",
            Check.optionalColumnName());
    thresholds =
        params.numbers(
            "thresholds",
            "one number for each label, all at least 0 and at most one of them 0: the predicted "
                + "label is that with the largest probability divided by its number, as in Spark's "
                + "classifiers; unset: that with the largest probability",
            Check.thresholds());
    threshold =
        params.number(
            "threshold",
            "probability above which a label holds, in [0, 1); read only where labels are arrays "
                + "of 0 and 1",
            Check.numberInRange(0, 1));
    classWeighting =
        params.text(
            "classWeighting",
            "how rows weigh in training by their class: none, or balanced (rows over classes times "
                + "rows of the class, counted over all rows with a label, so that all classes weigh "
                + "the same in sum); times weightCol; not where labels are arrays",
            Check.oneOf("none", "balanced"));
    classWeights =
        params.numbers(
            "classWeights",
            "weight in training of the rows of each class, in the order of labels (numbers "
                + "ascending, texts alphabetical), each above 0; times weightCol; unset: see "
                + "classWeighting",
            Check.classWeights());
    labelSmoothing =
        params.number(
            "labelSmoothing",
            "share of the target that is spread evenly over all labels, in [0, 1), as in Keras; of "
                + "labels in arrays each target moves by it towards one half",
            Check.numberInRange(0, 1));
  }

  void setDefaults(Params stage) {
    stage.setDefault(rawPredictionCol, "rawPrediction");
    stage.setDefault(probabilityCol, "probability");
    stage.setDefault(predictedLabelCol, "");
    stage.setDefault(threshold, 0.5);
    stage.setDefault(classWeighting, "none");
    stage.setDefault(labelSmoothing, 0.0);
  }
}
