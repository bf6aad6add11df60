package sparkrnn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sparkrnn.page.Chart;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.training.TrainingHistory;

/** What a page says of a fit: curves by epoch, and where the time went. */
public final class FitSections {

  private static final String EPOCH = "epoch";

  private FitSections() {}

  /** Adds the section with the curves. */
  public static void addCurves(Page page, FitRecorder recorder) {
    TrainingHistory history = recorder.history();
    List<Chart> charts = new ArrayList<>();
    charts.add(loss(history));
    Map<Integer, Double> finite = recorder.learningRates();
    if (!finite.isEmpty()) {
      double[] epochs = finite.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
      charts.add(new Chart("Learning rate", EPOCH).line("rate", epochs, array(finite.values())));
    }
    if (history.epochs() > 0) {
      charts.add(byEpoch("Gradient norm before clipping", "norm", history.gradientNorms()));
      charts.add(byEpoch("Sequences per second", "sequences/s", history.sequencesPerSecond()));
    }
    page.section("Training").paragraph(outcome(history)).charts(charts);
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
    TrainingHistory history = recorder.history();
    Map<String, String> facts = new LinkedHashMap<>();
    phases.forEach((name, seconds) -> facts.put(name, Numbers.duration(seconds)));
    facts.put("fit, first epoch to last", Numbers.duration(sum(history.epochSeconds())));
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
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static double[] array(java.util.Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
