package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import sparkrnn.ml.RnnBacktest;
import sparkrnn.ml.RnnForecastModel;

/** The errors of forecasts from every row of the test, beside those of naive ones. */
final class ForecastTest {

  private ForecastTest() {}

  /**
   * Runs the model over the training and the test rows.
   *
   * @throws IllegalArgumentException if a series can't be used
   */
  static TestResult of(RnnForecastModel model, Examples examples) {
    RnnBacktest train = model.backtest(examples.part(Examples.TRAIN));
    RnnBacktest test =
        model.backtest(
            SeriesParts.withHistory(examples, Examples.TEST, model.historyLength()), 1, "");
    boolean lastIsBest =
        test.lastValue().standardizedMae() <= test.seasonalNaive().standardizedMae();
    RnnBacktest.Metrics best = lastIsBest ? test.lastValue() : test.seasonalNaive();
    RnnBacktest.Metrics found = test.model();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("testLoss", found.standardizedMae());
    values.put("trainLoss", train.model().standardizedMae());
    values.put("baselineLoss", best.standardizedMae());
    values.put("baselineName", lastIsBest ? "last value" : "season before");
    values.put("testMeanSquaredError", found.standardizedMse());
    values.put("testMeanAbsoluteError", found.standardizedMae());
    values.put("testMase", found.mase());
    values.put("testSmape", found.smape());
    values.put("testCrps", found.crps());
    values.put("testCoverage", found.coverage());
    values.put("testSequences", test.windows());
    List<TestResult.Line> lines = new ArrayList<>();
    lines.add(line("naive: last value", test.lastValue()));
    lines.add(line("naive: season before", test.seasonalNaive()));
    lines.add(line("this model", found));
    String more =
        Double.isNaN(found.coverage())
            ? ""
            : String.format(Locale.ROOT, ", coverage: %.1f %%", 100 * found.coverage());
    return new TestResult(
        "test error (standardized units)",
        List.of("MSE", "MAE", "MASE", "sMAPE", "coverage"),
        lines,
        values,
        "mae",
        more);
  }

  /**
   * The model with its intervals widened or narrowed by the validation rows, if the config wants
   * that.
   *
   * @throws JobException if there are no validation rows
   */
  static RnnForecastModel calibrated(RnnForecastModel model, Examples examples, JobConfig config) {
    if (!config.flag("calibrate", false)) {
      return model;
    }
    if (!examples.has(Examples.VALIDATION)) {
      throw new JobException(
          "calibrate is true and there are no validation rows to do it by. Set split.validation, or"
              + " calibrate to false.");
    }
    Dataset<Row> rows =
        SeriesParts.withHistory(examples, Examples.VALIDATION, model.historyLength());
    return model.calibrate(rows, 1, "");
  }

  private static TestResult.Line line(String name, RnnBacktest.Metrics metrics) {
    return new TestResult.Line(
        name,
        List.of(
            metrics.standardizedMse(),
            metrics.standardizedMae(),
            metrics.mase(),
            metrics.smape(),
            metrics.coverage()));
  }
}
