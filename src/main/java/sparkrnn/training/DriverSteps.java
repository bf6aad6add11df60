package sparkrnn.training;

import java.util.Arrays;
import sparkrnn.exchange.Round;
import sparkrnn.optim.GradientAccumulation;
import sparkrnn.optim.GradientClipping;
import sparkrnn.optim.LearningRateSchedule;
import sparkrnn.optim.Optimizer;

/** Training steps at the driver, which holds all parameters and the state of their optimizer. */
final class DriverSteps implements TrainingSteps {

  private final FitEnvironment fit;
  private final TrainingProgress progress;
  private final Optimizer optimizer;
  private final GradientAccumulation accumulation;
  private final GradientClipping clipping;
  private final double[] squares;
  private double loss;
  private double norm;

  DriverSteps(
      FitEnvironment fit,
      TrainingProgress progress,
      Optimizer optimizer,
      GradientAccumulation accumulation) {
    this.fit = fit;
    this.progress = progress;
    this.optimizer = optimizer;
    this.accumulation = accumulation;
    this.clipping = SliceSpec.of(fit.settings(), fit.network().layout()).clippingOfTensors();
    this.squares = new double[clipping.measure().pieces(0, fit.network().layout().size())];
  }

  @Override
  public int train(LearningRateSchedule schedule) {
    double learningRate = schedule.at(progress.steps, fit.plan().batches());
    Round round = fit.workforce().round();
    double scale = askGradient(fit, progress);
    fit.workforce().carryStates();
    loss = fit.workforce().lossSum() * scale;
    float[] gradient = fit.workforce().sum();
    loss += fit.regularization().addGradient(round.parameters, gradient);
    fit.frozen().clear(gradient);
    clipping.measure().addUp(gradient, 0, squares, 0);
    norm = clipping.measure().ofAll(squares);
    int place = Double.isFinite(norm) ? -1 : GradientClipping.firstNotFinite(gradient);
    fit.divergence().check(progress.steps + 1, progress.epoch + 1, loss, norm, place);
    if (accumulation.complete(progress.steps, gradient)) {
      clip(gradient);
      optimizer.step(round.parameters, gradient, learningRate);
      fit.regularization().limit(round.parameters);
      fit.frozen().restore(round.parameters);
    }
    return 1;
  }

  /** Of several batches the gradient of the step is another one than what was measured. */
  private void clip(float[] gradient) {
    if (fit.settings().optimizer().accumulationSteps() > 1) {
      clipping.clip(gradient);
    } else {
      clipping.clip(gradient, squares);
    }
  }

  /** Asks all workers for the gradient of the present batch, and returns its scale. */
  static double askGradient(FitEnvironment fit, TrainingProgress progress) {
    Round round = fit.workforce().round();
    if (progress.batch == 0) {
      Arrays.fill(round.states, 0f);
    }
    double scale = fit.batchScale(progress.batch);
    round.epoch = progress.epoch;
    round.batch = progress.batch;
    round.scale = (float) scale;
    fit.workforce().ask(RoundKind.TRAIN);
    return scale;
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
}
