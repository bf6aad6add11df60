package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;
import sparkrnn.data.FeatureColumns;
import sparkrnn.data.LabelCoding;
import sparkrnn.data.SequenceColumns;
import sparkrnn.data.ValidationSplit;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.sequence.Segmentation;
import sparkrnn.training.CheckpointSettings;
import sparkrnn.training.OptimizerSettings;
import sparkrnn.training.RegularizationSettings;
import sparkrnn.training.RegularizationSettings.Limits;
import sparkrnn.training.ScheduleSettings;
import sparkrnn.training.StartingPoint;
import sparkrnn.training.TrainingSettings;

/** The params of an estimator in the words of data, network and training. */
final class FitInputs {

  private FitInputs() {}

  static SequenceColumns columns(RnnParams stage, LabelCoding labels) {
    return new SequenceColumns(
        stage.getClass().getSimpleName(),
        features(stage),
        stage.getLabelCol(),
        textOrEmpty(stage, stage.weightCol()),
        textOrEmpty(stage, stage.validationIndicatorCol()),
        stage.getHandleInvalid(),
        labels);
  }

  /** The columns of the sequences, with what the params say of their ids. */
  static FeatureColumns features(RnnParams stage) {
    int[] sizes = stage.getEmbeddingSizes();
    int[] given = stage.getVocabularySizes();
    List<Integer> vocabularies = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      int vocabulary = i < given.length ? given[i] : FeatureColumns.ANY_ID;
      vocabularies.add(sizes[i] == 0 ? FeatureColumns.NUMBER : vocabulary);
    }
    return features(stage, vocabularies);
  }

  /** The columns of the sequences, where the vocabularies are known. */
  static FeatureColumns features(RnnParams stage, List<Integer> vocabularies) {
    String[] several = stage.getFeaturesCols();
    return several.length == 0
        ? new FeatureColumns("featuresCol", List.of(stage.getFeaturesCol()), vocabularies)
        : new FeatureColumns("featuresCols", List.of(several), vocabularies);
  }

  /** The columns that a fitted network reads. */
  static FeatureColumns features(RnnParams stage, NetworkSpec spec) {
    Integer[] vocabularies = new Integer[spec.inputs()];
    Arrays.fill(vocabularies, FeatureColumns.NUMBER);
    for (EmbeddingSpec embedding : spec.embeddings()) {
      vocabularies[embedding.feature()] = embedding.vocabularySize();
    }
    return features(stage, List.of(vocabularies));
  }

  static ValidationSplit validation(RnnParams stage) {
    return new ValidationSplit(
        stage.getValidationFraction(),
        stage.getValidationSplit(),
        textOrEmpty(stage, stage.validationSplitCol()));
  }

  /**
   * The network that the params describe.
   *
   * @param vocabularies of every feature; empty where all are numbers
   * @throws IllegalArgumentException if there isn't an embedding size for each feature
   */
  static NetworkSpec network(
      RnnParams stage, int inputs, int outputs, Head head, List<Integer> vocabularies) {
    int[] units = stage.getUnits();
    List<RecurrentSpec> layers =
        IntStream.range(0, units.length).mapToObj(i -> layer(stage, units, i)).toList();
    String pooling = head.everyTimeStep() ? "none" : stage.getPooling();
    NetworkSpec spec =
        new NetworkSpec(inputs, layers, outputs, head.loss(), head.huberDelta(), pooling)
            .withEmbeddings(embeddings(stage, inputs, vocabularies))
            .withQuantiles(head.quantiles())
            .withCrf(head.crf());
    return stage instanceof LanguageParams language
        ? spec.withHead(language.getTieWeights(), language.getOutputDropout())
        : spec;
  }

  private static List<EmbeddingSpec> embeddings(
      RnnParams stage, int inputs, List<Integer> vocabularies) {
    int[] sizes = stage.getEmbeddingSizes();
    if (sizes.length != 0 && sizes.length != inputs) {
      throw ParamCombination.refusal(
          stage,
          "embeddingSizes has %d numbers and a time step has %d features; one is needed for each, 0"
              + " for a feature that is a number. Set embeddingSizes so.",
          sizes.length,
          inputs);
    }
    List<EmbeddingSpec> embeddings = new ArrayList<>();
    for (int feature = 0; feature < sizes.length; feature++) {
      if (sizes[feature] > 0) {
        embeddings.add(new EmbeddingSpec(feature, vocabularies.get(feature), sizes[feature]));
      }
    }
    return embeddings;
  }

  private static RecurrentSpec layer(RnnParams stage, int[] units, int i) {
    return new RecurrentSpec(
            stage.getLayerNormalization() ? "layerNormLstm" : stage.getCell(),
            units[i],
            stage.getActivation(),
            stage.getKernelInitializer(),
            stage.getRecurrentInitializer(),
            stage.getBidirectional(),
            stage.getDropout(),
            stage.getRecurrentDropout())
        .withZoneout(stage.getZoneout())
        .withRecurrentWeightDrop(stage.getRecurrentWeightDrop())
        .withResidual(stage.getResidual() && isAsWideAsTheOneBelow(units, i));
  }

  static boolean isAsWideAsTheOneBelow(int[] units, int layer) {
    return layer > 0 && units[layer] == units[layer - 1];
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
        stage.getGradientCompression(),
        stage.getLocalSteps(),
        new CheckpointSettings(
            stage.getCheckpointDir(),
            stage.getCheckpointInterval(),
            stage.getCheckpointSteps(),
            stage.getCheckpointMinutes(),
            stage.getMaxCheckpoints()),
        regularization(stage),
        segmentation(stage),
        StartingPoint.INITIAL);
  }

  /** A language model has cut its streams before. */
  private static Segmentation segmentation(RnnParams stage) {
    return stage instanceof LanguageParams
        ? Segmentation.NONE
        : new Segmentation(stage.getGradientCheckpointing(), stage.getBpttLength());
  }

  private static RegularizationSettings regularization(RnnParams stage) {
    return new RegularizationSettings(
        new Limits(stage.getKernelL1(), stage.getKernelL2(), stage.getKernelMaxNorm()),
        new Limits(stage.getRecurrentL1(), stage.getRecurrentL2(), stage.getRecurrentMaxNorm()),
        new Limits(stage.getBiasL1(), stage.getBiasL2(), stage.getBiasMaxNorm()));
  }

  private static OptimizerSettings optimizer(RnnParams stage) {
    return new OptimizerSettings(
        stage.getOptimizer(),
        stage.getLearningRate(),
        stage.getMomentum(),
        stage.getNesterov(),
        stage.getWeightDecay(),
        stage.getGradientAccumulationSteps(),
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
