package sparkrnn.training;

import java.util.Arrays;
import java.util.List;
import sparkrnn.exchange.Round;
import sparkrnn.optim.GradientAccumulation;
import sparkrnn.optim.GradientClipping;
import sparkrnn.optim.LearningRateSchedule;
import sparkrnn.optim.Optimizer;

/**
 * Mini-batch training on the driver: for each batch of each epoch ask the workers for the gradient,
 * clip it, make one step of the optimizer.
 *
 * <p>All state of the training is here, also what lanes carry from batch to batch, zero where an
 * epoch begins; workers hold data and nothing else, so a lost worker costs one round.
 */
final class TrainingLoop {

  private static final double NANOS = 1e9;

  private final FitEnvironment fit;
  private final Optimizer optimizer;
  private final GradientAccumulation accumulation;
  private final GradientClipping clipping;
  private final LearningRateSchedule learningRate;
  private final EarlyStopping stopping;
  private final CheckpointKeeper checkpoints;
  private final TrainingProgress progress;
  private long epochStart;
  private double lastRate = Double.NaN;

  TrainingLoop(
      FitEnvironment fit,
      Optimizer optimizer,
      GradientAccumulation accumulation,
      GradientClipping clipping,
      LearningRateSchedule learningRate,
      EarlyStopping stopping,
      CheckpointKeeper checkpoints,
      TrainingProgress progress) {
    this.fit = fit;
    this.optimizer = optimizer;
    this.accumulation = accumulation;
    this.clipping = clipping;
    this.learningRate = learningRate;
    this.stopping = stopping;
    this.checkpoints = checkpoints;
    this.progress = progress;
  }

  /**
   * Trains from where the progress stands to the end; leaves the final parameters in the round.
   *
   * @return why it ended: "maxIter" or "patience"
   */
  String run() {
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
      trainingStep(schedule);
      if (fit.interruption().requested()) {
        checkpoints.interrupted(secondsInEpoch());
      }
      checkpoints.stepEnded(secondsInEpoch());
    }
  }

  /** Of all epochs done: what is validated if anything is. */
  private List<Double> losses() {
    return fit.hasValidation()
        ? progress.validationHistory
        : progress.objectiveHistory.subList(1, progress.objectiveHistory.size());
  }

  private void trainingStep(LearningRateSchedule schedule) {
    Round round = fit.workforce().round();
    if (progress.batch == 0) {
      Arrays.fill(round.states, 0f);
    }
    double scale = fit.batchScale(progress.batch);
    round.epoch = progress.epoch;
    round.batch = progress.batch;
    round.scale = (float) scale;
    fit.workforce().ask(RoundKind.TRAIN);
    fit.workforce().carryStates();
    double loss = fit.workforce().lossSum() * scale;
    float[] gradient = fit.workforce().gradient();
    loss += fit.regularization().addGradient(round.parameters, gradient);
    fit.frozen().clear(gradient);
    double norm = clipping.norm(gradient);
    fit.divergence().check(progress.steps + 1, progress.epoch + 1, loss, norm, gradient);
    if (accumulation.complete(progress.steps, gradient)) {
      clipping.clip(gradient);
      lastRate = schedule.at(progress.steps, fit.plan().batches());
      optimizer.step(round.parameters, gradient, lastRate);
      fit.regularization().limit(round.parameters);
      fit.frozen().restore(round.parameters);
    }
    account(loss, norm);
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
        new EpochMeasures(epoch, progress.steps, loss, validationLoss, lastRate, norm, speed);
    for (TrainingListener listener : fit.listeners()) {
      listener.epochEnded(measures);
    }
    return stop;
  }
}
