package sparkrnn.training;

import java.util.ArrayList;
import java.util.List;

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
}
