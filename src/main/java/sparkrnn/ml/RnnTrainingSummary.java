package sparkrnn.ml;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import sparkrnn.training.TrainingHistory;

/** What happened in the fit of a model; kept when the model is saved. */
public class RnnTrainingSummary implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TrainingHistory history;

  RnnTrainingSummary(TrainingHistory history) {
    this.history = history;
  }

  TrainingHistory history() {
    return history;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Training loss: first of the initial weights, then the mean over the batches of each epoch; one
   * element more than epochs.
   */
  public double[] objectiveHistory() {
    return array(history.objectiveHistory());
  }

  /** Validation loss at the end of each epoch; empty without validation data. */
  public double[] validationHistory() {
    return array(history.validationHistory());
  }

  /** Wall-clock seconds of each epoch. */
  public double[] epochSeconds() {
    return array(history.epochSeconds());
  }

  /** Training sequences per second of each epoch. */
  public double[] sequencesPerSecond() {
    return array(history.sequencesPerSecond());
  }

  /** Mean over the training steps of each epoch of the global gradient norm before clipping. */
  public double[] gradientNorms() {
    return array(history.gradientNorms());
  }

  /** Epochs that were run, as Spark's summaries name them. */
  public int totalIterations() {
    return history.epochs();
  }

  /** Training steps in all epochs. */
  public long steps() {
    return history.steps();
  }

  /** The epoch whose weights the model has, from 1; 0 for the initial weights. */
  public int bestEpoch() {
    return history.bestEpoch();
  }

  /** Why the fit ended: "maxIter", "patience", "converged" or "interrupted". */
  public String stopReason() {
    return history.stopReason();
  }

  /** Sequences trained on. */
  public long trainingSequences() {
    return history.trainingSequences();
  }

  /** Sequences held out for validation. */
  public long validationSequences() {
    return history.validationSequences();
  }

  /** Rows left out because handleInvalid was "skip". */
  public long skippedRows() {
    return history.skippedRows();
  }

  /** How gradients reached the driver. */
  public String exchange() {
    return history.exchange();
  }

  /** Tasks that trained. */
  public int workers() {
    return history.workers();
  }

  /**
   * How much of all training time steps the worker with the most of them got at the begin of the
   * fit: 1 / workers where the work is even, for each of the others waits for it.
   */
  public double largestShareOfTimeSteps() {
    return history.largestShareOfTimeSteps();
  }

  /** The matrix library that the driver used. */
  public String blas() {
    return history.blas();
  }

  /** Wall-clock seconds of the whole fit. */
  public double fitSeconds() {
    return history.fitSeconds();
  }

  @Override
  public String toString() {
    double[] losses = objectiveHistory();
    return String.format(
        Locale.ROOT,
        "%s: totalIterations=%d, loss=%.4g, bestEpoch=%d, stopReason=%s, trainingSequences=%d,"
            + " validationSequences=%d, skippedRows=%d, fitSeconds=%.1f",
        getClass().getSimpleName(),
        totalIterations(),
        losses[losses.length - 1],
        bestEpoch(),
        stopReason(),
        trainingSequences(),
        validationSequences(),
        skippedRows(),
        fitSeconds());
  }
}
