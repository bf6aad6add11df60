package sparkrnn.ml;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks params that are right alone and not together. */
final class ParamCombination {

  private ParamCombination() {}

  /**
   * Returns if the params go together.
   *
   * @throws IllegalArgumentException naming the params, their values and which to change
   */
  static void check(RnnParams stage) {
    checkFeatures(stage);
    checkActivation(stage);
    checkNormalization(stage);
    checkResidual(stage);
    checkLongSequences(stage);
    checkClipping(stage);
    checkValidation(stage);
    checkLbfgs(stage);
    checkOptimizer(stage);
    checkAverage(stage);
    checkSchedule(stage);
    checkCompression(stage);
    checkLocalSteps(stage);
  }

  private static void checkCompression(RnnParams stage) {
    if (!stage.getGradientCompression().equals("none") && !stage.getExchange().equals("sharded")) {
      throw refusal(
          stage,
          "gradientCompression is \"%s\" and exchange is \"%s\"; only \"sharded\" sends gradients in"
              + " fewer bits. Set exchange to \"sharded\", or gradientCompression to \"none\".",
          stage.getGradientCompression(),
          stage.getExchange());
    }
  }

  private static void checkLocalSteps(RnnParams stage) {
    if (stage.getLocalSteps() == 1) {
      return;
    }
    if (stage.getOptimizer().equals("lbfgs")) {
      throw refusal(
          stage,
          "localSteps is %d and optimizer is \"lbfgs\", whose every step sees all data. Set localSteps"
              + " to 1, or optimizer to \"adam\" or \"sgd\".",
          stage.getLocalSteps());
    }
    if (stage.getGradientAccumulationSteps() > 1) {
      throw refusal(
          stage,
          "localSteps is %d and gradientAccumulationSteps is %d; only one of them may be above 1,"
              + " because a step of several batches would end between two averages. Set one of them"
              + " to 1.",
          stage.getLocalSteps(),
          stage.getGradientAccumulationSteps());
    }
    if (!stage.getGradientCompression().equals("none")) {
      throw refusal(
          stage,
          "localSteps is %d and gradientCompression is \"%s\"; with local steps weights cross the"
              + " network in the place of gradients, and in 16 bits small steps would be rounded"
              + " away. Set gradientCompression to \"none\", or localSteps to 1.",
          stage.getLocalSteps(),
          stage.getGradientCompression());
    }
  }

  private static void checkFeatures(RnnParams stage) {
    String[] several = stage.getFeaturesCols();
    if (several.length > 0 && stage.isSet(stage.featuresCol())) {
      throw refusal(
          stage,
          "featuresCol is \"%s\" and featuresCols is %s; only one of them may name the sequences."
              + " Clear one of them.",
          stage.getFeaturesCol(),
          Arrays.toString(several));
    }
    int[] sizes = stage.getEmbeddingSizes();
    int[] vocabularies = stage.getVocabularySizes();
    if (vocabularies.length > 0 && vocabularies.length != sizes.length) {
      throw refusal(
          stage,
          "vocabularySizes is %s and embeddingSizes is %s; both need a number for each feature. Set"
              + " both, or clear vocabularySizes.",
          Arrays.toString(vocabularies),
          Arrays.toString(sizes));
    }
    for (int i = 0; i < vocabularies.length; i++) {
      if (vocabularies[i] > 0 && sizes[i] == 0) {
        throw refusal(
            stage,
            "vocabularySizes is %s and embeddingSizes is %s; feature %d has a vocabulary and no"
                + " embedding. Set its embedding size above 0, or its vocabulary size to 0.",
            Arrays.toString(vocabularies),
            Arrays.toString(sizes),
            i);
      }
    }
  }

  private static void checkActivation(RnnParams stage) {
    if (stage.getActivation().equals("relu") && !stage.getCell().equals("simpleRnn")) {
      throw refusal(
          stage,
          "activation is \"relu\" and cell is \"%s\"; relu needs the cell \"simpleRnn\". Set"
              + " activation to \"tanh\", or cell to \"simpleRnn\".",
          stage.getCell());
    }
  }

  private static void checkNormalization(RnnParams stage) {
    if (stage.getLayerNormalization() && !stage.getCell().equals("lstm")) {
      throw refusal(
          stage,
          "layerNormalization is true and cell is \"%s\"; only the cell \"lstm\" has it. Set cell to"
              + " \"lstm\", or layerNormalization to false.",
          stage.getCell());
    }
  }

  private static void checkResidual(RnnParams stage) {
    int[] units = stage.getUnits();
    if (stage.getResidual()
        && IntStream.range(0, units.length)
            .noneMatch(layer -> FitInputs.isAsWideAsTheOneBelow(units, layer))) {
      throw refusal(
          stage,
          "residual is true and units is %s; a layer adds the outputs of the one below where both"
              + " are equally wide, and here none is. Set units to equal numbers, for example to"
              + " [64, 64], or residual to false.",
          Arrays.toString(units));
    }
  }

  private static void checkLongSequences(RnnParams stage) {
    if (stage instanceof LanguageParams) {
      return;
    }
    int bpttLength = stage.getBpttLength();
    if (stage.getZoneout() > 0 && (stage.getGradientCheckpointing() || bpttLength > 0)) {
      throw refusal(
          stage,
          "zoneout is %s, gradientCheckpointing is %s and bpttLength is %d; zoneout holds a number"
              + " for every time step, which the others are there to avoid. Set zoneout to 0, or"
              + " gradientCheckpointing to false and bpttLength to 0.",
          stage.getZoneout(),
          stage.getGradientCheckpointing(),
          bpttLength);
    }
    if (bpttLength > 0 && stage.getOptimizer().equals("lbfgs")) {
      throw refusal(
          stage,
          "bpttLength is %d and optimizer is \"lbfgs\", which needs the whole gradient. Set"
              + " bpttLength to 0 (gradientCheckpointing may stay), or optimizer to \"adam\".",
          bpttLength);
    }
  }

  private static void checkClipping(RnnParams stage) {
    Map<String, Double> used = new LinkedHashMap<>();
    used.put("clipNorm", stage.getClipNorm());
    used.put("globalClipNorm", stage.getGlobalClipNorm());
    used.put("clipValue", stage.getClipValue());
    used.values().removeIf(threshold -> threshold == 0);
    if (used.size() > 1) {
      String found =
          used.entrySet().stream()
              .map(param -> param.getKey() + " is " + param.getValue())
              .collect(Collectors.joining(" and "));
      throw refusal(
          stage,
          "%s; at most one of them may be above 0. Set all but one of %s to 0.",
          found,
          String.join(", ", used.keySet()));
    }
  }

  private static void checkValidation(RnnParams stage) {
    String indicator = FitInputs.textOrEmpty(stage, stage.validationIndicatorCol());
    double fraction = stage.getValidationFraction();
    if (!indicator.isEmpty() && fraction > 0) {
      throw refusal(
          stage,
          "validationIndicatorCol is \"%s\" and validationFraction is %s; only one of them may hold"
              + " out rows. Set validationFraction to 0, or clear validationIndicatorCol.",
          indicator,
          fraction);
    }
    if (fraction > 0
        && !stage.getValidationSplit().equals("random")
        && FitInputs.textOrEmpty(stage, stage.validationSplitCol()).isEmpty()) {
      throw refusal(
          stage,
          "validationSplit is \"%s\" and validationSplitCol is not set; this split needs a column"
              + " to go by. Set validationSplitCol, or validationSplit to \"random\".",
          stage.getValidationSplit());
    }
    if (stage.getPatience() > 0 && indicator.isEmpty() && fraction == 0) {
      throw refusal(
          stage,
          "patience is %d and no rows are held out; stopping early needs a validation loss. Set"
              + " validationFraction or validationIndicatorCol, or patience to 0.",
          stage.getPatience());
    }
  }

  /** What a whole-data step has no use for is refused, not forgotten. */
  private static void checkLbfgs(RnnParams stage) {
    if (!stage.getOptimizer().equals("lbfgs")) {
      return;
    }
    if (stage.getExchange().equals("sharded")) {
      throw refusal(
          stage,
          "exchange is \"sharded\" and optimizer is \"lbfgs\", whose line search needs all weights in"
              + " one place. Set exchange to \"rpc\" or \"auto\", or optimizer to \"adam\".");
    }
    if (stage.getDropout() > 0 || stage.getRecurrentDropout() > 0) {
      throw refusal(
          stage,
          "dropout is %s, recurrentDropout is %s and optimizer is \"lbfgs\", which compares the"
              + " losses of several steps. Set both to 0, or optimizer to \"adam\".",
          stage.getDropout(),
          stage.getRecurrentDropout());
    }
    if (stage.getZoneout() > 0 || stage.getRecurrentWeightDrop() > 0) {
      throw refusal(
          stage,
          "zoneout is %s, recurrentWeightDrop is %s and optimizer is \"lbfgs\", which compares the"
              + " losses of several steps. Set both to 0, or optimizer to \"adam\".",
          stage.getZoneout(),
          stage.getRecurrentWeightDrop());
    }
    if (stage.getKernelL1() > 0 || stage.getRecurrentL1() > 0 || stage.getBiasL1() > 0) {
      throw refusal(
          stage,
          "kernelL1 is %s, recurrentL1 is %s, biasL1 is %s and optimizer is \"lbfgs\", which needs a"
              + " loss without kinks. Set all three to 0 (kernelL2, recurrentL2 and biasL2 may"
              + " stay), or optimizer to \"adam\".",
          stage.getKernelL1(),
          stage.getRecurrentL1(),
          stage.getBiasL1());
    }
    if (stage.getKernelMaxNorm() > 0
        || stage.getRecurrentMaxNorm() > 0
        || stage.getBiasMaxNorm() > 0) {
      throw refusal(
          stage,
          "kernelMaxNorm is %s, recurrentMaxNorm is %s, biasMaxNorm is %s and optimizer is"
              + " \"lbfgs\", which knows no limits. Set all three to 0, or optimizer to \"adam\".",
          stage.getKernelMaxNorm(),
          stage.getRecurrentMaxNorm(),
          stage.getBiasMaxNorm());
    }
    if (!stage.getCheckpointDir().isEmpty()) {
      throw refusal(
          stage,
          "checkpointDir is \"%s\" and optimizer is \"lbfgs\", which writes no checkpoints. Set"
              + " checkpointDir to \"\", or optimizer to \"adam\" or \"sgd\".",
          stage.getCheckpointDir());
    }
    if (!stage.getLearningRateSchedule().equals("constant")) {
      throw refusal(
          stage,
          "learningRateSchedule is \"%s\" and optimizer is \"lbfgs\", which finds its step sizes"
              + " itself. Set learningRateSchedule to \"constant\", or optimizer to \"adam\" or"
              + " \"sgd\".",
          stage.getLearningRateSchedule());
    }
    if (stage.getClipNorm() > 0 || stage.getGlobalClipNorm() > 0 || stage.getClipValue() > 0) {
      throw refusal(
          stage,
          "the gradient is to be clipped and optimizer is \"lbfgs\", which needs it whole. Set"
              + " clipNorm, globalClipNorm and clipValue to 0, or optimizer to \"adam\" or"
              + " \"sgd\".");
    }
    if (stage.getWarmupEpochs() > 0) {
      throw refusal(
          stage,
          "warmupEpochs is %d and optimizer is \"lbfgs\", which finds its step sizes itself. Set"
              + " warmupEpochs to 0, or optimizer to \"adam\" or \"sgd\".",
          stage.getWarmupEpochs());
    }
    if (stage.getGradientAccumulationSteps() > 1) {
      throw refusal(
          stage,
          "gradientAccumulationSteps is %d and optimizer is \"lbfgs\", whose every step sees all"
              + " data. Set gradientAccumulationSteps to 1, or optimizer to \"adam\" or \"sgd\".",
          stage.getGradientAccumulationSteps());
    }
    if (stage.getEmaMomentum() > 0) {
      throw refusal(
          stage,
          "emaMomentum is %s and optimizer is \"lbfgs\", which keeps no average of the weights. Set"
              + " emaMomentum to 0, or optimizer to \"adam\" or \"sgd\".",
          stage.getEmaMomentum());
    }
  }

  private static void checkOptimizer(RnnParams stage) {
    if (stage.getNesterov() && !(stage.getOptimizer().equals("sgd") && stage.getMomentum() > 0)) {
      throw refusal(
          stage,
          "nesterov is true, optimizer is \"%s\" and momentum is %s; looking ahead needs the"
              + " optimizer \"sgd\" with momentum. Set optimizer to \"sgd\" and momentum above 0, for"
              + " example to 0.9, or nesterov to false.",
          stage.getOptimizer(),
          stage.getMomentum());
    }
  }

  private static void checkAverage(RnnParams stage) {
    if (stage.getEmaMomentum() > 0 && stage.getRestoreBestWeights() && holdsOut(stage)) {
      throw refusal(
          stage,
          "emaMomentum is %s, rows are held out and restoreBestWeights is true; the model can get"
              + " the average of the weights or those of the best epoch, not both. Set"
              + " restoreBestWeights to false, or emaMomentum to 0.",
          stage.getEmaMomentum());
    }
  }

  private static boolean holdsOut(RnnParams stage) {
    return stage.getValidationFraction() > 0
        || !FitInputs.textOrEmpty(stage, stage.validationIndicatorCol()).isEmpty();
  }

  private static void checkSchedule(RnnParams stage) {
    String schedule = stage.getLearningRateSchedule();
    int warmup = stage.getWarmupEpochs();
    if (warmup > 0 && schedule.equals("oneCycle")) {
      throw refusal(
          stage,
          "warmupEpochs is %d and learningRateSchedule is \"oneCycle\", which rises by itself; only"
              + " one of them may. Set warmupEpochs to 0, or learningRateSchedule to \"cosine\".",
          warmup);
    }
    if (warmup > 0 && stage.getMaxIter() > 0 && warmup >= stage.getMaxIter()) {
      throw refusal(
          stage,
          "warmupEpochs is %d and maxIter is %d; the warm-up must end before the training does. Set"
              + " warmupEpochs below maxIter.",
          warmup,
          stage.getMaxIter());
    }
    if (schedule.equals("reduceOnPlateau")) {
      checkPlateau(stage);
    }
  }

  private static void checkPlateau(RnnParams stage) {
    if (stage.getDecayRate() == 1) {
      throw refusal(
          stage,
          "decayRate is 1.0 and learningRateSchedule is \"reduceOnPlateau\", which multiplies by it;"
              + " it must be below 1. Set decayRate, for example to 0.5.");
    }
    if (stage.getMinLearningRate() >= stage.getLearningRate()) {
      throw refusal(
          stage,
          "minLearningRate is %s and learningRate is %s; \"reduceOnPlateau\" can't lower the one to"
              + " the other. Set minLearningRate below learningRate.",
          stage.getMinLearningRate(),
          stage.getLearningRate());
    }
  }

  static IllegalArgumentException refusal(RnnParams stage, String sentence, Object... values) {
    return new IllegalArgumentException(
        stage.getClass().getSimpleName() + ": " + String.format(Locale.ROOT, sentence, values));
  }
}
