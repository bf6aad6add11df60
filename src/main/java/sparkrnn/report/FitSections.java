package sparkrnn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import sparkrnn.page.Chart;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.training.EpochMeasures;
import sparkrnn.training.TrainingHistory;

/** What a page says of a fit: curves by epoch, and where the time went. */
public final class FitSections {

  /** Per cent of the values below it. */
  private static final double MEDIAN = 50;

  private static final String EPOCH = "epoch";
  private static final String NORM = "Gradient norm before clipping";
  private static final String SPEED = "Sequences per second";

  private FitSections() {}

  /** Adds the section with the curves. */
  public static void addCurves(Page page, FitRecorder recorder) {
    addCurves(page, recorder.history(), recorder.learningRates());
  }

  /** The same of a fit that has ended. */
  static void addCurves(Page page, TrainingHistory history, Map<Integer, Double> finite) {
    List<Chart> charts = new ArrayList<>();
    charts.add(loss(history));
    if (!finite.isEmpty()) {
      double[] epochs = finite.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
      charts.add(new Chart("Learning rate", EPOCH).line("rate", epochs, array(finite.values())));
    }
    if (history.epochs() > 0) {
      charts.add(byEpoch(NORM, "norm", history.gradientNorms()));
      charts.add(byEpoch(SPEED, "sequences/s", history.sequencesPerSecond()));
    }
    page.section("Training").paragraph(outcome(history)).charts(charts);
  }

  /** Adds the same curves of the epochs of a fit so far. */
  static void addCurves(Page page, List<EpochMeasures> epochs) {
    Chart loss = measured("Loss", "training", epochs, EpochMeasures::loss);
    if (epochs.stream().anyMatch(each -> !Double.isNaN(each.validationLoss()))) {
      double[] validation = epochs.stream().mapToDouble(EpochMeasures::validationLoss).toArray();
      loss.line("validation", numbers(epochs), validation);
    }
    List<Chart> charts = new ArrayList<>(List.of(loss));
    if (epochs.stream().noneMatch(each -> Double.isNaN(each.learningRate()))) {
      charts.add(measured("Learning rate", "rate", epochs, EpochMeasures::learningRate));
    }
    charts.add(measured(NORM, "norm", epochs, EpochMeasures::gradientNorm));
    charts.add(measured(SPEED, "sequences/s", epochs, EpochMeasures::sequencesPerSecond));
    page.section("Curves").charts(charts);
  }

  private static Chart measured(
      String title, String name, List<EpochMeasures> epochs, ToDoubleFunction<EpochMeasures> of) {
    return new Chart(title, EPOCH)
        .logarithmicIfWide()
        .line(name, numbers(epochs), epochs.stream().mapToDouble(of).toArray());
  }

  private static double[] numbers(List<EpochMeasures> epochs) {
    return epochs.stream().mapToDouble(EpochMeasures::epoch).toArray();
  }

  private static Chart loss(TrainingHistory history) {
    List<Double> training = history.objectiveHistory();
    List<Double> validation = history.validationHistory();
    Chart chart =
        new Chart("Loss", EPOCH)
            .logarithmicIfWide()
            .line("training", Chart.counted(0, training.size()), array(training));
    return validation.isEmpty()
        ? chart
        : chart.line("validation", Chart.counted(1, validation.size()), array(validation));
  }

  private static Chart byEpoch(String title, String name, List<Double> values) {
    return new Chart(title, EPOCH)
        .logarithmicIfWide()
        .line(name, Chart.counted(1, values.size()), array(values));
  }

  private static String outcome(TrainingHistory history) {
    return String.format(
        Locale.ROOT,
        "%s epochs in %s training steps; it stopped because of %s, and the model has the weights of"
            + " epoch %d. Epoch 0 is the loss of the initial weights.",
        Numbers.whole(history.epochs()),
        Numbers.whole(history.steps()),
        history.stopReason(),
        history.bestEpoch());
  }

  /**
   * Adds the section on the time.
   *
   * @param phases seconds of each part of the run
   */
  public static void addTiming(Page page, FitRecorder recorder, Map<String, Double> phases) {
    addTiming(page, recorder.history(), phases);
  }

  static void addTiming(Page page, TrainingHistory history, Map<String, Double> phases) {
    Map<String, String> facts = new LinkedHashMap<>();
    phases.forEach((name, seconds) -> facts.put(name, Numbers.duration(seconds)));
    facts.put("epochs, first to last", Numbers.duration(sum(history.epochSeconds())));
    facts.put("median epoch", seconds(median(history.epochSeconds())));
    facts.put(
        "sequences per second, median",
        Numbers.shown(Math.rint(median(history.sequencesPerSecond()))));
    facts.put("workers", Numbers.whole(history.workers()));
    facts.put(
        "largest share of the time steps",
        String.format(Locale.ROOT, "%.1f %%", 100 * history.largestShareOfTimeSteps()));
    facts.put("exchange", history.exchange());
    facts.put("BLAS of the driver", history.blas());
    page.section("Timing").facts(facts);
  }

  private static String seconds(double value) {
    return Double.isNaN(value) ? "" : Numbers.shown(value) + " s";
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double median(List<Double> values) {
    return StatUtils.percentile(array(values), MEDIAN);
  }

  private static double[] array(java.util.Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
