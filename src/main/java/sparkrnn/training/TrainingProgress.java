package sparkrnn.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a fit has come: all that a checkpoint needs besides parameters and optimizer state.
 * Mutable, used by the thread of the fit.
 */
final class TrainingProgress {

  /** Epochs done. */
  int epoch;

  /** Training steps done in the epoch that is running. */
  int batch;

  /** Training steps done in all. */
  long steps;

  /** Sum over the batches of this epoch of loss times sequences. */
  double epochLossSum;

  /** Sum over the training steps of this epoch of the gradient norm before clipping. */
  double epochNormSum;

  /** Seconds that this epoch had run when the checkpoint was written. */
  double epochSecondsBefore;

  /** The gradients that wait for their step; of length 0 if none ever waits. */
  float[] accumulated = new float[0];

  final List<Double> objectiveHistory = new ArrayList<>();
  final List<Double> validationHistory = new ArrayList<>();
  final List<Double> epochSeconds = new ArrayList<>();
  final List<Double> sequencesPerSecond = new ArrayList<>();
  final List<Double> gradientNorms = new ArrayList<>();

  /** Begins the next epoch. */
  void nextEpoch() {
    epoch++;
    batch = 0;
    epochLossSum = 0;
    epochNormSum = 0;
    epochSecondsBefore = 0;
  }

  /** All but the gradients that wait, as text by name. */
  Map<String, String> text() {
    Map<String, String> text = new TreeMap<>();
    text.put("epoch", String.valueOf(epoch));
    text.put("batch", String.valueOf(batch));
    text.put("steps", String.valueOf(steps));
    text.put("epochLossSum", String.valueOf(epochLossSum));
    text.put("epochNormSum", String.valueOf(epochNormSum));
    text.put("epochSecondsBefore", String.valueOf(epochSecondsBefore));
    text.put("objectiveHistory", CheckpointText.of(objectiveHistory));
    text.put("validationHistory", CheckpointText.of(validationHistory));
    text.put("epochSeconds", CheckpointText.of(epochSeconds));
    text.put("sequencesPerSecond", CheckpointText.of(sequencesPerSecond));
    text.put("gradientNorms", CheckpointText.of(gradientNorms));
    return text;
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @param fit whose it is
   * @throws IllegalArgumentException if it can't be that of a fit
   */
  static TrainingProgress of(CheckpointText text, FitLength fit) {
    TrainingProgress read = new TrainingProgress();
    read.epoch = text.wholeNumber("epoch", 0, Integer.MAX_VALUE - 1);
    read.batch = text.wholeNumber("batch", 0, fit.batches());
    long steps = (long) read.epoch * fit.batches() + read.batch;
    read.steps = text.wholeNumber("steps", steps, steps);
    read.epochLossSum = text.number("epochLossSum");
    read.epochNormSum = text.number("epochNormSum");
    read.epochSecondsBefore = text.number("epochSecondsBefore");
    read.objectiveHistory.addAll(text.numbers("objectiveHistory", read.epoch + 1));
    read.validationHistory.addAll(
        text.numbers("validationHistory", fit.validated() ? read.epoch : 0));
    read.epochSeconds.addAll(text.numbers("epochSeconds", read.epoch));
    read.sequencesPerSecond.addAll(text.numbers("sequencesPerSecond", read.epoch));
    read.gradientNorms.addAll(text.numbers("gradientNorms", read.epoch));
    return read;
  }

  /** Takes over all but the gradients that wait. */
  void become(TrainingProgress read) {
    epoch = read.epoch;
    batch = read.batch;
    steps = read.steps;
    epochLossSum = read.epochLossSum;
    epochNormSum = read.epochNormSum;
    epochSecondsBefore = read.epochSecondsBefore;
    replace(objectiveHistory, read.objectiveHistory);
    replace(validationHistory, read.validationHistory);
    replace(epochSeconds, read.epochSeconds);
    replace(sequencesPerSecond, read.sequencesPerSecond);
    replace(gradientNorms, read.gradientNorms);
  }

  private static void replace(List<Double> list, List<Double> read) {
    list.clear();
    list.addAll(read);
  }
}
