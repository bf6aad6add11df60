package sparkrnn.training;

import java.util.List;
import sparkrnn.optim.LearningRateSchedule;

/**
 * Mini-batch training, led by the driver: one training step for each batch of each epoch, then what
 * an epoch ends with.
 *
 * <p>All state of the training is at the driver, also what lanes carry from batch to batch, zero
 * where an epoch begins; workers hold data and nothing else, so a lost worker costs one round.
 * Where workers make the steps, the driver holds the state of some step before, and a lost worker
 * costs the steps since then.
 */
final class TrainingLoop {

  private static final double NANOS = 1e9;

  private final FitEnvironment fit;
  private final TrainingSteps steps;
  private final LearningRateSchedule learningRate;
  private final EarlyStopping stopping;
  private final CheckpointKeeper checkpoints;
  private final TrainingProgress progress;
  private final LayerNorms layerNorms;
  private long epochStart;
  private double rate = Double.NaN;

  TrainingLoop(
      FitEnvironment fit,
      TrainingSteps steps,
      LearningRateSchedule learningRate,
      EarlyStopping stopping,
      CheckpointKeeper checkpoints,
      TrainingProgress progress) {
    this.fit = fit;
    this.steps = steps;
    this.learningRate = learningRate;
    this.stopping = stopping;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.layerNorms = LayerNorms.of(fit);
  }

  /**
   * Trains from where the progress stands to the end; leaves the final parameters in the round.
   *
   * @return why it ended: "maxIter" or "patience"
   */
  String run() {
    steps.begin();
    boolean stop = fit.settings().patience() > 0 && stopping.waited() >= fit.settings().patience();
    while (!stop && progress.epoch < fit.settings().maxIter()) {
      runEpoch();
      stop = endEpoch();
    }
    return stop ? "patience" : "maxIter";
  }

  private void runEpoch() {
    epochStart = System.nanoTime();
    LearningRateSchedule schedule = learningRate.after(losses());
    while (progress.batch < fit.plan().batches()) {
      int made = steps.train(schedule);
      for (int i = 0; i < made; i++) {
        rate = schedule.at(progress.steps, fit.plan().batches());
        account(steps.loss(i), steps.norm(i));
      }
      if (!fit.listeners().isEmpty()) {
        layerNorms.add(steps.squares());
      }
      if (fit.interruption().requested()) {
        steps.collect();
        checkpoints.interrupted(secondsInEpoch());
      }
      if (checkpoints.dueAfterSteps(made)) {
        steps.collect();
        checkpoints.stepEnded(secondsInEpoch());
      }
    }
  }

  /** Of all epochs done: what is validated if anything is. */
  private List<Double> losses() {
    return fit.hasValidation()
        ? progress.validationHistory
        : progress.objectiveHistory.subList(1, progress.objectiveHistory.size());
  }

  private void account(double loss, double norm) {
    progress.epochLossSum += loss * fit.plan().examples(progress.batch);
    progress.epochNormSum += norm;
    progress.batch++;
    progress.steps++;
    double meanLoss = progress.epochLossSum / fit.plan().examplesBefore(progress.batch);
    for (int i = 0; i < fit.listeners().size(); i++) {
      fit.listeners().get(i).stepEnded(progress.epoch + 1, progress.batch, meanLoss);
    }
  }

  private double secondsInEpoch() {
    return progress.epochSecondsBefore + (System.nanoTime() - epochStart) / NANOS;
  }

  /** Records the epoch, validates, writes a checkpoint; true if it is time to stop early. */
  private boolean endEpoch() {
    int epoch = progress.epoch + 1;
    steps.collect();
    fit.divergence().checkParameters(progress.steps, epoch, fit.parameters());
    double loss = progress.epochLossSum / fit.plan().examples();
    double speed = fit.plan().examples() / secondsInEpoch();
    double validationLoss = Double.NaN;
    boolean stop = false;
    progress.objectiveHistory.add(loss);
    progress.sequencesPerSecond.add(speed);
    double norm = progress.epochNormSum / fit.plan().batches();
    progress.gradientNorms.add(norm);
    if (fit.hasValidation()) {
      validationLoss = fit.validationLoss();
      fit.divergence().checkLoss(progress.steps, epoch, "validation loss", validationLoss);
      progress.validationHistory.add(validationLoss);
      stop = stopping.observe(epoch, validationLoss, fit.parameters());
    }
    progress.epochSeconds.add(secondsInEpoch());
    progress.nextEpoch();
    checkpoints.epochEnded();
    EpochMeasures measures =
        new EpochMeasures(
            epoch, progress.steps, loss, validationLoss, rate, norm, speed, layerNorms.take());
    for (TrainingListener listener : fit.listeners()) {
      listener.epochMeasured(measures);
    }
    return stop;
  }
}
