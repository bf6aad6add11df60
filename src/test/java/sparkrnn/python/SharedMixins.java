package sparkrnn.python;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Params;

/**
 * The mixins that PySpark has for params of some names, so that its tools know ours as theirs.
 * Those that bring a default are only taken where the stages have one, which then replaces it.
 */
final class SharedMixins {

  private static final Map<String, String> WITHOUT_DEFAULT =
      Map.of(
          "maxIter", "HasMaxIter",
          "checkpointInterval", "HasCheckpointInterval",
          "handleInvalid", "HasHandleInvalid",
          "inputCol", "HasInputCol",
          "thresholds", "HasThresholds",
          "validationIndicatorCol", "HasValidationIndicatorCol",
          "weightCol", "HasWeightCol");

  private static final Map<String, String> WITH_DEFAULT =
      Map.of(
          "featuresCol", "HasFeaturesCol",
          "labelCol", "HasLabelCol",
          "outputCol", "HasOutputCol",
          "predictionCol", "HasPredictionCol",
          "probabilityCol", "HasProbabilityCol",
          "rawPredictionCol", "HasRawPredictionCol",
          "seed", "HasSeed",
          "threshold", "HasThreshold");

  private final List<Params> stages;

  SharedMixins(List<Params> stages) {
    this.stages = stages;
  }

  /** The mixin of a param; null without one. */
  String of(String param) {
    boolean defaulted =
        stages.stream().allMatch(stage -> PythonParam.of(stage, param).defaultValue() != null);
    return defaulted && WITH_DEFAULT.containsKey(param)
        ? WITH_DEFAULT.get(param)
        : WITHOUT_DEFAULT.get(param);
  }
}
