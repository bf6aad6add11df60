package sparkrnn.report;

import java.util.Map;
import java.util.TreeMap;
import sparkrnn.training.EpochMeasures;
import sparkrnn.training.TrainingListener;

/** The learning rate at the end of each epoch that it heard of, which no history of a fit keeps. */
public final class LearningRates implements TrainingListener {

  private final Map<Integer, Double> rates = new TreeMap<>();

  @Override
  public synchronized void epochEnded(EpochMeasures measures) {
    rates.put(measures.epoch(), measures.learningRate());
  }

  /** Epochs, from 1, and rates; empty for an optimizer that has none. */
  synchronized Map<Integer, Double> finite() {
    Map<Integer, Double> finite = new TreeMap<>(rates);
    finite.values().removeIf(rate -> Double.isNaN(rate));
    return finite;
  }
}
