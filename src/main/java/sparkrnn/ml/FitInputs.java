package sparkrnn.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import sparkrnn.data.LabelCoding;
import sparkrnn.data.SequenceColumns;
import sparkrnn.data.ValidationSplit;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.training.OptimizerSettings;
import sparkrnn.training.ScheduleSettings;
import sparkrnn.training.TrainingSettings;

/** The params of an estimator in the words of data, network and training. */
final class FitInputs {

  private FitInputs() {}

  static SequenceColumns columns(RnnParams stage, LabelCoding labels) {
    return new SequenceColumns(
        stage.getClass().getSimpleName(),
        stage.getFeaturesCol(),
        stage.getLabelCol(),
        textOrEmpty(stage, stage.weightCol()),
        textOrEmpty(stage, stage.validationIndicatorCol()),
        stage.getHandleInvalid(),
        labels);
  }

  static ValidationSplit validation(RnnParams stage) {
    return new ValidationSplit(
        stage.getValidationFraction(),
        stage.getValidationSplit(),
        textOrEmpty(stage, stage.validationSplitCol()));
  }

  static NetworkSpec network(RnnParams stage, int inputs, int outputs, Head head) {
    List<RecurrentSpec> layers =
        Arrays.stream(stage.getUnits()).mapToObj(units -> layer(stage, units)).toList();
    return new NetworkSpec(
        inputs, layers, outputs, head.loss(), head.huberDelta(), stage.getPooling());
  }

  private static RecurrentSpec layer(RnnParams stage, int units) {
    return new RecurrentSpec(
        stage.getCell(),
        units,
        stage.getActivation(),
        stage.getKernelInitializer(),
        stage.getRecurrentInitializer(),
        stage.getBidirectional(),
        stage.getDropout(),
        stage.getRecurrentDropout());
  }

  static TrainingSettings training(RnnParams stage) {
    Clipping clipping = Clipping.of(stage);
    return new TrainingSettings(
        stage.getMaxIter(),
        stage.getBatchSize(),
        stage.getShardSize(),
        stage.getSeed(),
        optimizer(stage),
        schedule(stage),
        clipping.kind(),
        clipping.threshold(),
        stage.getPatience(),
        stage.getMinDelta(),
        stage.getRestoreBestWeights(),
        stage.getExchange(),
        stage.getNumWorkers(),
        stage.getCheckpointDir(),
        stage.getCheckpointInterval());
  }

  private static OptimizerSettings optimizer(RnnParams stage) {
    return new OptimizerSettings(
        stage.getOptimizer(),
        stage.getLearningRate(),
        stage.getMomentum(),
        stage.getNesterov(),
        stage.getWeightDecay(),
        stage.getEmaMomentum());
  }

  private static ScheduleSettings schedule(RnnParams stage) {
    return new ScheduleSettings(
        stage.getLearningRateSchedule(),
        stage.getScheduleEpochs(),
        stage.getWarmupEpochs(),
        stage.getDecayRate(),
        stage.getPlateauPatience(),
        stage.getPlateauMinDelta(),
        stage.getMinLearningRate());
  }

  /** The value of a param that may be unset. */
  static String textOrEmpty(RnnParams stage, Param<String> param) {
    return stage.isDefined(param) ? stage.getOrDefault(param) : "";
  }

  private record Clipping(String kind, double threshold) {

    static Clipping of(RnnParams stage) {
      if (stage.getGlobalClipNorm() > 0) {
        return new Clipping("globalNorm", stage.getGlobalClipNorm());
      }
      if (stage.getClipNorm() > 0) {
        return new Clipping("norm", stage.getClipNorm());
      }
      if (stage.getClipValue() > 0) {
        return new Clipping("value", stage.getClipValue());
      }
      return new Clipping("none", 0);
    }
  }
}
