package sparkrnn.training;

import java.util.List;
import java.util.Locale;
import sparkrnn.data.ShareTotals;
import sparkrnn.data.WeightSums;
import sparkrnn.linalg.Blas;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.optim.GradientAccumulation;
import sparkrnn.optim.Optimizer;
import sparkrnn.parameter.ParameterLayout;

/**
 * Fits a network to a training set. The result is a pure function of data, spec and settings: the
 * same bits on any cluster, with any exchange, with or without lost workers.
 */
public final class Trainer {

  private final TrainingSet data;
  private final TrainingSettings settings;
  private final Network network;
  private final List<TrainingListener> listeners;
  private final Interruption interruption;
  private final TrainingProgress progress = new TrainingProgress();
  private final long start = System.nanoTime();

  private Trainer(
      TrainingSet data,
      NetworkSpec spec,
      TrainingSettings settings,
      List<TrainingListener> listeners,
      Interruption interruption) {
    this.data = data;
    this.settings = settings;
    this.network = new Network(spec, settings.segmentation());
    this.listeners = List.copyOf(listeners);
    this.interruption = interruption;
  }

  /**
   * Trains on the cluster; blocks until the end.
   *
   * @param interruption how another thread may stop the fit
   * @throws IllegalArgumentException if settings and data or cluster don't fit each other
   * @throws DivergedException if a loss, gradient or parameter stops being finite
   * @throws InterruptedFitException if the interruption was requested
   * @throws sparkrnn.exchange.ExchangeException if workers are lost for good
   */
  public static TrainingResult fit(
      TrainingSet data,
      NetworkSpec spec,
      TrainingSettings settings,
      List<TrainingListener> listeners,
      Interruption interruption) {
    return new Trainer(data, spec, settings, listeners, interruption).fit();
  }

  private TrainingResult fit() {
    checkPatience();
    ExchangeChoice choice = ExchangeChoice.of(settings.exchange(), data.context());
    try (Workforce workforce = new Workforce(data, network, settings, choice, listeners)) {
      workforce.size(data.owner());
      float[] initial = settings.start().parameters(network, settings.seed());
      System.arraycopy(initial, 0, workforce.round().parameters, 0, initial.length);
      interruption.started();
      return train(workforce);
    } finally {
      interruption.ended("No checkpoint was written.");
    }
  }

  private void checkPatience() {
    if (settings.patience() > 0 && data.data().validationSequences() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: patience is %d and no sequence is held out for validation; early stopping needs a validation loss. Set validationFraction or validationIndicatorCol, or patience to 0.",
              data.owner(),
              settings.patience()));
    }
  }

  private TrainingResult train(Workforce workforce) {
    ShareTotals totals = data.data().totals(workforce.workers());
    requireWeights(totals.weights());
    FrozenTensors frozen = new FrozenTensors(network.layout(), settings.start().frozen());
    frozen.keep(workforce.round().parameters);
    FitEnvironment fit =
        new FitEnvironment(
            network,
            settings,
            data.data().plan(),
            data.data().validationSequences(),
            totals.weights(),
            workforce,
            new Regularization(network.layout(), settings.regularization(), frozen),
            frozen,
            new DivergenceCheck(network.layout(), settings),
            listeners,
            interruption);
    for (TrainingListener listener : listeners) {
      listener.started(settings.maxIter(), fit.plan().batches(), fit.plan().examples());
    }
    EarlyStopping stopping =
        new EarlyStopping(settings.patience(), settings.minDelta(), network.layout().size());
    String reason =
        settings.optimizer().fullBatch() ? fullBatches(fit, stopping) : minibatches(fit, stopping);
    return result(fit, stopping, reason, totals.largestShareOfTimeSteps());
  }

  private void computeInitialLoss(FitEnvironment fit) {
    double initialLoss = fit.trainingLoss();
    fit.divergence().checkLoss(0, 0, "loss of the initial parameters", initialLoss);
    progress.objectiveHistory.add(initialLoss);
  }

  private String fullBatches(FitEnvironment fit, EarlyStopping stopping) {
    computeInitialLoss(fit);
    return new LbfgsLoop(fit, stopping, progress).run();
  }

  private void requireWeights(WeightSums sums) {
    if (!(sums.training() > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the weights of all training rows are 0; at least one must be above 0. Check weightCol.",
              data.owner()));
    }
    if (data.data().validationSequences() > 0 && !(sums.validation() > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the weights of all validation rows are 0; at least one must be above 0. Check weightCol.",
              data.owner()));
    }
  }

  private String minibatches(FitEnvironment fit, EarlyStopping stopping) {
    ParameterLayout layout = network.layout();
    Optimizer optimizer = settings.optimizer().create(layout.size());
    GradientAccumulation accumulation =
        new GradientAccumulation(settings.optimizer().accumulationSteps(), layout.size());
    progress.accumulated = accumulation.sum();
    TrainingSteps steps = steps(fit, optimizer, accumulation);
    computeInitialLoss(fit);
    CheckpointKeeper checkpoints =
        CheckpointKeeper.of(
            fit, progress, optimizer, stopping, data.context().hadoopConfiguration());
    checkpoints.restore();
    String reason =
        new TrainingLoop(fit, steps, settings.learningRate(), stopping, checkpoints, progress)
            .run();
    checkpoints.fitEnded();
    optimizer.finish(fit.parameters());
    fit.regularization().limit(fit.parameters());
    fit.frozen().restore(fit.parameters());
    return reason;
  }

  private TrainingSteps steps(
      FitEnvironment fit, Optimizer optimizer, GradientAccumulation accumulation) {
    if (settings.localSteps() > 1) {
      return new LocalSteps(fit, progress, optimizer);
    }
    return fit.workforce().isSharded()
        ? new ShardedSteps(fit, progress, optimizer, accumulation)
        : new DriverSteps(fit, progress, optimizer, accumulation);
  }

  private TrainingResult result(
      FitEnvironment fit, EarlyStopping stopping, String reason, double largestShareOfTimeSteps) {
    boolean restored =
        fit.hasValidation() && settings.restoreBestWeights() && stopping.bestEpoch() > 0;
    float[] parameters = restored ? stopping.best() : fit.parameters();
    fit.divergence().checkParameters(progress.steps, progress.epoch, parameters);
    TrainingHistory history =
        new TrainingHistory(
            progress.objectiveHistory,
            progress.validationHistory,
            progress.epochSeconds,
            progress.sequencesPerSecond,
            progress.gradientNorms,
            progress.steps,
            restored ? stopping.bestEpoch() : progress.epoch,
            reason,
            fit.plan().sequences(),
            fit.validationSequences(),
            data.data().skippedRows(),
            fit.workforce().exchangeName(),
            fit.workforce().workers(),
            largestShareOfTimeSteps,
            Blas.name(),
            (System.nanoTime() - start) / 1e9);
    listeners.forEach(listener -> listener.ended(history));
    return new TrainingResult(parameters.clone(), history);
  }
}
