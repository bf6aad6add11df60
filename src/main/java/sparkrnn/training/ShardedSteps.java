package sparkrnn.training;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.exchange.Contribution;
import sparkrnn.optim.GradientAccumulation;
import sparkrnn.optim.GradientClipping;
import sparkrnn.optim.LearningRateSchedule;
import sparkrnn.optim.Optimizer;

/**
 * Training steps that the workers make, each of its slice of the parameters. The driver adds up
 * losses and norms, and has a {@link HeldState}.
 */
final class ShardedSteps implements TrainingSteps {

  private final FitEnvironment fit;
  private final TrainingProgress progress;
  private final Optimizer optimizer;
  private final GradientClipping clipping;
  private final int batchesOfStep;
  private final boolean needsNorms;
  private final HeldState held;
  private final double[] squares;
  private final double[] squaresOfStep;
  private double loss;
  private double norm;

  /** From now on the workforce does what this asks for; its workers get the state first. */
  ShardedSteps(
      FitEnvironment fit,
      TrainingProgress progress,
      Optimizer optimizer,
      GradientAccumulation accumulation) {
    SliceSpec spec = SliceSpec.of(fit.settings(), fit.network().layout());
    this.fit = fit;
    this.progress = progress;
    this.optimizer = optimizer;
    this.clipping = spec.clippingOfTensors();
    this.batchesOfStep = fit.settings().optimizer().accumulationSteps();
    this.needsNorms = spec.needsNorms();
    this.squares = new double[clipping.measure().pieces(0, fit.network().layout().size())];
    this.held =
        new HeldState(
            fit,
            optimizer,
            arrays(fit, optimizer, accumulation),
            SliceArguments.NORMS + clipping.normCount());
    this.squaresOfStep = new double[squares.length];
  }

  /** In the order in which workers keep their slices of them. */
  private static List<float[]> arrays(
      FitEnvironment fit, Optimizer optimizer, GradientAccumulation accumulation) {
    List<float[]> arrays = new ArrayList<>();
    arrays.add(fit.parameters());
    if (accumulation.sum().length > 0) {
      arrays.add(accumulation.sum());
    }
    arrays.addAll(optimizer.state().values());
    return arrays;
  }

  @Override
  public void begin() {
    held.begin();
  }

  @Override
  public int train(LearningRateSchedule schedule) {
    held.arguments()[SliceArguments.RATE] = schedule.at(progress.steps, fit.plan().batches());
    held.arguments()[SliceArguments.STEP] = progress.steps;
    double scale = DriverSteps.askGradient(fit, progress);
    held.changed(1);
    fit.workforce().carryStates();
    List<Contribution> answers = fit.workforce().answers();
    loss = fit.workforce().lossSum() * scale + penalty(answers);
    addUpSquares(answers, 0, squares);
    norm = clipping.measure().ofAll(squares);
    fit.divergence()
        .check(progress.steps + 1, progress.epoch + 1, loss, norm, firstNotFinite(answers));
    if (needsNorms && progress.steps % batchesOfStep == batchesOfStep - 1) {
      apply(answers);
    }
    if (held.isOld()) {
      collect(progress.steps + 1);
    }
    return 1;
  }

  private static double penalty(List<Contribution> answers) {
    double[] measures = answers.get(0).measures;
    return measures[measures.length - 1];
  }

  private static int firstNotFinite(List<Contribution> answers) {
    for (Contribution answer : answers) {
      double place = answer.measures[answer.measures.length - 2];
      if (place >= 0) {
        return (int) place;
      }
    }
    return -1;
  }

  /** Slices follow each other as the workers do; {@code part} is 1 for the gradient of the step. */
  private void addUpSquares(List<Contribution> answers, int part, double[] into) {
    int at = 0;
    for (int i = 0; i < answers.size(); i++) {
      double[] measures = answers.get(i).measures;
      int parts = batchesOfStep > 1 ? 2 : 1;
      int count = (measures.length - SliceArguments.OTHER_MEASURES) / parts;
      System.arraycopy(measures, part * count, into, at, count);
      at += count;
    }
  }

  private void apply(List<Contribution> answers) {
    addUpSquares(answers, batchesOfStep > 1 ? 1 : 0, squaresOfStep);
    clipping.norms(squaresOfStep, held.arguments(), SliceArguments.NORMS);
    fit.workforce().ask(RoundKind.APPLY);
    held.changed(0);
  }

  @Override
  public double loss(int i) {
    return loss;
  }

  @Override
  public double norm(int i) {
    return norm;
  }

  @Override
  public double[] squares() {
    return squares;
  }

  @Override
  public void collect() {
    collect(progress.steps);
  }

  /** Brings all slices to the driver: the state after so many training steps. */
  private void collect(long steps) {
    if (held.collect()) {
      optimizer.restore(steps / batchesOfStep, optimizer.state());
    }
  }
}
