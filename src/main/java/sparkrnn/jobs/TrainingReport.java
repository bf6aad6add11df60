package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import sparkrnn.ml.ForecastParams;
import sparkrnn.ml.RegressionParams;
import sparkrnn.ml.RnnModel;
import sparkrnn.ml.RnnTrainingSummary;

/** What a training job measured: for the terminal and, as JSON, for programs. */
final class TrainingReport {

  /** Epochs that are left out of the speed: the JVM is still compiling. */
  private static final int WARM_UP_EPOCHS = 2;

  /** Per cent of the values below it. */
  private static final double MEDIAN = 50;

  private final Map<String, Object> values;
  private final TestResult test;

  private TrainingReport(Map<String, Object> values, TestResult test) {
    this.values = values;
    this.test = test;
  }

  static TrainingReport of(RnnModel<?> model, TestResult test) {
    Map<String, Object> values = new LinkedHashMap<>(test.values());
    values.put("loss", test.loss());
    addFit(values, model);
    return new TrainingReport(values, test);
  }

  /**
   * Where there are no test examples, or their test failed: the training loss of the last epoch.
   */
  static TrainingReport withoutTest(RnnModel<?> model) {
    double[] history = model.summary().objectiveHistory();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("testLoss", null);
    values.put("trainLoss", history[history.length - 1]);
    values.put("baselineLoss", null);
    values.put("loss", loss(model));
    addFit(values, model);
    return new TrainingReport(values, null);
  }

  private static String loss(RnnModel<?> model) {
    if (model instanceof ForecastParams forecast && !forecast.getDistribution().equals("point")) {
      return forecast.getDistribution();
    }
    return model instanceof RegressionParams regression ? regression.getLoss() : "cross entropy";
  }

  private static void addFit(Map<String, Object> values, RnnModel<?> model) {
    RnnTrainingSummary fit = model.summary();
    values.put("epochs", fit.totalIterations());
    values.put("steps", fit.steps());
    values.put("bestEpoch", fit.bestEpoch());
    values.put("stopReason", fit.stopReason());
    values.put("sequencesPerSecond", steady(fit.sequencesPerSecond()));
    values.put("fitSeconds", fit.fitSeconds());
    values.put("trainingSequences", fit.trainingSequences());
    values.put("validationSequences", fit.validationSequences());
    values.put("parameters", model.numParameters());
    values.put("exchange", fit.exchange());
    values.put("workers", fit.workers());
    values.put("blas", fit.blas());
    values.put("seed", model.getSeed());
    values.put("version", JobProcess.version());
  }

  /** The median of the epochs after the first two, or of all where there are no more. */
  private static double steady(double[] speeds) {
    int from = speeds.length > WARM_UP_EPOCHS ? WARM_UP_EPOCHS : 0;
    return StatUtils.percentile(speeds, from, speeds.length - from, MEDIAN);
  }

  /** All by their names in the JSON. */
  Map<String, Object> values() {
    return values;
  }

  /** What the test found, where there was one. */
  Optional<TestResult> test() {
    return Optional.ofNullable(test);
  }

  /** A value by its name in the JSON. */
  Object value(String name) {
    return values.get(name);
  }

  static String show(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
  }

  /** Prints the errors, the model's beside the naive ones; the last line is the test loss. */
  void print(PrintStream out) {
    if (test == null) {
      out.println("No test examples; training loss " + show((double) values.get("trainLoss")));
      return;
    }
    line(out, test.title(), test.measures());
    for (TestResult.Line row : test.rows()) {
      line(out, row.name(), row.numbers().stream().map(TrainingReport::show).toList());
    }
    test.notes().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "%s epochs, %s steps, %,.0f %s/s, %.1f s, %s worker(s), %s%n",
        values.get("epochs"),
        values.get("steps"),
        (double) values.get("sequencesPerSecond"),
        values.containsKey("trainingTokens") ? "tokens" : "sequences",
        (double) values.get("fitSeconds"),
        values.get("workers"),
        values.get("blas"));
    out.printf(
        Locale.ROOT,
        "test loss (%s): %s%s%n",
        test.loss(),
        show((double) values.get("testLoss")),
        test.more());
  }

  private static void line(PrintStream out, String name, List<String> cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-40s", name));
    for (String cell : cells) {
      line.append(String.format(Locale.ROOT, " %12s", cell));
    }
    out.println(line.toString().stripTrailing());
  }
}
