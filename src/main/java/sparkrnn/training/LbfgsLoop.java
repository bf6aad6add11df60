package sparkrnn.training;

import breeze.linalg.DenseVector;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import java.util.Locale;
import scala.collection.Iterator;

/**
 * Full-batch training by Breeze's L-BFGS with a strong Wolfe line search; an iteration counts as an
 * epoch.
 *
 * <p>Source: Nocedal and Wright 2006, algorithm 7.5, as Breeze implements it with 10 corrections.
 */
final class LbfgsLoop {

  private static final int CORRECTIONS = 10;
  private static final double TOLERANCE = 1e-6;
  private static final double NANOS = 1e9;

  private final FitEnvironment fit;
  private final EarlyStopping stopping;
  private final TrainingProgress progress;
  private final LayerNorms layerNorms;

  LbfgsLoop(FitEnvironment fit, EarlyStopping stopping, TrainingProgress progress) {
    this.fit = fit;
    this.stopping = stopping;
    this.progress = progress;
    this.layerNorms = LayerNorms.of(fit);
  }

  /**
   * Trains from the present parameters; leaves the final ones in the round.
   *
   * @return why it ended: "maxIter", "converged", "searchFailed" or "patience"
   */
  String run() {
    int maxIter = fit.settings().maxIter();
    if (maxIter == 0) {
      return "maxIter";
    }
    float[] parameters = fit.parameters();
    double[] start = new double[parameters.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = parameters[i];
    }
    LBFGS<DenseVector<Object>> solver =
        new LBFGS<>(fit.settings().maxIter(), CORRECTIONS, TOLERANCE, DenseVector.space_Double());
    Iterator<FirstOrderMinimizer.State<DenseVector<Object>, Object, Object>> states =
        iterations(solver, new DenseVector<>(start));
    double[] best = start;
    boolean stop = false;
    long begin = System.nanoTime();
    FirstOrderMinimizer.State<DenseVector<Object>, Object, Object> last = states.next();
    while (!stop && states.hasNext()) {
      last = states.next();
      best = FullBatchObjective.values(last.x());
      noteLayerNorms(FullBatchObjective.values(last.grad()));
      stop = endIteration(last.value(), norm(last.grad()), best, begin);
      begin = System.nanoTime();
    }
    copy(best, parameters);
    if (stop) {
      return "patience";
    }
    if (last.searchFailed() || progress.epoch == 0) {
      return searchFailed();
    }
    return progress.epoch < maxIter ? "converged" : "maxIter";
  }

  /**
   * Near the optimum this is rounding; far from it, values so large that the search, or the test
   * whether the gradient is small beside the loss, has nothing to go by.
   */
  private String searchFailed() {
    String sentence =
        String.format(
            Locale.ROOT,
            "lbfgs found no lower loss after iteration %d (loss %.4g). Where that is too high,"
                + " standardise features and labels, or set optimizer to adam.",
            progress.epoch,
            progress.objectiveHistory.get(progress.objectiveHistory.size() - 1));
    fit.listeners().forEach(listener -> listener.notice(sentence));
    return "searchFailed";
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Iterator<FirstOrderMinimizer.State<DenseVector<Object>, Object, Object>> iterations(
      LBFGS<DenseVector<Object>> solver, DenseVector<Object> start) {
    return (Iterator) solver.iterations(new FullBatchObjective(fit).asDiffFunction(), start);
  }

  private static double norm(DenseVector<Object> gradient) {
    double sum = 0;
    for (double value : FullBatchObjective.values(gradient)) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private void noteLayerNorms(double[] gradient) {
    if (!fit.listeners().isEmpty()) {
      float[] singles = new float[gradient.length];
      copy(gradient, singles);
      layerNorms.add(singles);
    }
  }

  private static void copy(double[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) from[i];
    }
  }

  private boolean endIteration(double loss, double norm, double[] x, long begin) {
    int epoch = progress.epoch + 1;
    copy(x, fit.parameters());
    fit.divergence().checkLoss(epoch, epoch, "loss", loss);
    fit.divergence().checkParameters(epoch, epoch, fit.parameters());
    double validationLoss = Double.NaN;
    boolean stop = false;
    progress.objectiveHistory.add(loss);
    progress.gradientNorms.add(norm);
    double seconds = (System.nanoTime() - begin) / NANOS;
    double speed = fit.plan().sequences() / seconds;
    progress.sequencesPerSecond.add(speed);
    if (fit.hasValidation()) {
      validationLoss = fit.validationLoss();
      progress.validationHistory.add(validationLoss);
      stop = stopping.observe(epoch, validationLoss, fit.parameters());
    }
    progress.epochSeconds.add((System.nanoTime() - begin) / NANOS);
    progress.steps++;
    progress.nextEpoch();
    EpochMeasures measures =
        new EpochMeasures(
            epoch,
            progress.steps,
            loss,
            validationLoss,
            Double.NaN,
            norm,
            speed,
            layerNorms.take());
    for (TrainingListener listener : fit.listeners()) {
      listener.epochMeasured(measures);
    }
    if (fit.interruption().requested()) {
      String sentence = "No checkpoint was written: lbfgs writes none.";
      fit.interruption().ended(sentence);
      throw new InterruptedFitException(
          "The fit was stopped after iteration " + epoch + ". " + sentence);
    }
    return stop;
  }
}
