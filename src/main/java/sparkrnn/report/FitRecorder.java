package sparkrnn.report;

import java.util.Map;
import java.util.TreeMap;
import sparkrnn.training.EpochMeasures;
import sparkrnn.training.TrainingHistory;
import sparkrnn.training.TrainingListener;

/**
 * Keeps what a page says of a fit: its history, and the learning rate at the end of each epoch that
 * it heard of, which no history has.
 */
public final class FitRecorder implements TrainingListener {

  private final Map<Integer, Double> rates = new TreeMap<>();
  private TrainingHistory history;

  @Override
  public synchronized void epochMeasured(EpochMeasures measures) {
    rates.put(measures.epoch(), measures.learningRate());
  }

  @Override
  public synchronized void ended(TrainingHistory ended) {
    history = ended;
  }

  /**
   * The whole fit, also what was before it went on from a checkpoint.
   *
   * @throws IllegalStateException if no fit has ended
   */
  synchronized TrainingHistory history() {
    if (history == null) {
      throw new IllegalStateException(
          "FitRecorder: no fit has ended; add it to an estimator and fit that first.");
    }
    return history;
  }

  /** Epochs, from 1, and rates; empty for an optimizer that has none. */
  synchronized Map<Integer, Double> learningRates() {
    Map<Integer, Double> finite = new TreeMap<>(rates);
    finite.values().removeIf(rate -> Double.isNaN(rate));
    return finite;
  }
}
