package sparkrnn.ml;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks params that are right alone and not together. */
final class ParamCombination {

  private ParamCombination() {}

  /**
   * Returns if the params go together.
   *
   * @throws IllegalArgumentException naming the params, their values and which to change
   */
  static void check(RnnParams stage) {
    checkActivation(stage);
    checkClipping(stage);
    checkValidation(stage);
    checkLbfgs(stage);
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
  }

  static IllegalArgumentException refusal(RnnParams stage, String sentence, Object... values) {
    return new IllegalArgumentException(
        stage.getClass().getSimpleName() + ": " + String.format(Locale.ROOT, sentence, values));
  }
}
