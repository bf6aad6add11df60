package sparkrnn.training;

import org.apache.hadoop.conf.Configuration;
import sparkrnn.optim.Optimizer;

/** Decides when a checkpoint is written and what is said about it. */
final class CheckpointKeeper {

  private final FitEnvironment fit;

  private CheckpointKeeper(FitEnvironment fit) {
    this.fit = fit;
  }

  static CheckpointKeeper of(
      FitEnvironment fit, Optimizer optimizer, EarlyStopping stopping, Configuration conf) {
    return new CheckpointKeeper(fit);
  }

  void restore(TrainingProgress progress) {}

  void epochEnded(TrainingProgress progress) {}

  void interrupted(TrainingProgress progress, double secondsInEpoch) {
    throw new InterruptedFitException("The fit was stopped; no checkpoint.");
  }

  void fitEnded() {}
}
