package sparkrnn.jobs;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import sparkrnn.ml.RnnModel;

/**
 * Which labelled windows of a series the errors of its forecasts point at, beside a plain z-score
 * of the values.
 *
 * <p>Both are judged in the same way, by {@link AnomalyAlarms}: the threshold comes from the rows
 * of the validation part, which the network was not trained on, and alarms are raised in the test
 * part.
 */
final class AnomalyTest {

  private static final int SMOOTHING = 10;
  private static final double DEVIATIONS = 4;

  private final JobConfig config;
  private final List<Timestamp> time = new ArrayList<>();
  private double[] error;
  private double[] value;
  private int probation;
  private int from;

  private AnomalyTest(JobConfig config) {
    this.config = config;
  }

  /** Whether a run file asks for it. */
  static boolean wanted(JobConfig config) {
    return config.has("anomaly");
  }

  /**
   * The result with the anomalies below the errors of the forecasts.
   *
   * @throws JobException if the forecasts are not of one number, a part is missing, or the file of
   *     windows can't be read
   */
  static TestResult extend(
      TestResult forecasts, RnnModel<?> model, Examples examples, JobConfig config) {
    List<AnomalyWindows.Window> windows =
        AnomalyWindows.read(examples.rows().sparkSession(), config);
    AnomalyTest test = new AnomalyTest(config);
    test.read(model, examples);
    AnomalyAlarms alarms =
        new AnomalyAlarms(
            config.integer("anomaly.smoothing", SMOOTHING),
            config.number("anomaly.deviations", DEVIATIONS));
    AnomalyAlarms.Outcome naive = alarms.judge(test.series(test.zScores()), windows);
    AnomalyAlarms.Outcome found = alarms.judge(test.series(test.error), windows);
    Map<String, Object> values = forecasts.values();
    put(values, "anomaly", found);
    put(values, "baselineAnomaly", naive);
    List<String> notes =
        List.of(
            "anomalies, naive: z-score of the value: " + shown(naive),
            "anomalies, errors of the forecasts:     " + shown(found));
    return forecasts.withNotes(notes);
  }

  private static void put(Map<String, Object> values, String name, AnomalyAlarms.Outcome outcome) {
    values.put(name + "Windows", outcome.windows());
    values.put(name + "Hits", outcome.hits());
    values.put(name + "FalseAlarms", outcome.falseAlarms());
  }

  private static String shown(AnomalyAlarms.Outcome outcome) {
    StringBuilder each = new StringBuilder();
    for (boolean hit : outcome.hit()) {
      each.append(hit ? " hit" : " missed");
    }
    return String.format(
        Locale.ROOT,
        "%d of %d windows (%s), %d false alarms",
        outcome.hits(),
        outcome.windows(),
        each.toString().strip(),
        outcome.falseAlarms());
  }

  private AnomalyAlarms.Series series(double[] size) {
    return new AnomalyAlarms.Series(time, size, probation, from);
  }

  private void read(RnnModel<?> model, Examples examples) {
    if (model.numOutputs() != 1) {
      throw new JobException(
          "anomaly needs forecasts of one number; the model has "
              + model.numOutputs()
              + ". Set window.targetCols to one column and window.target to \"value\".");
    }
    for (String part : List.of(Examples.VALIDATION, Examples.TEST)) {
      if (!examples.has(part)) {
        throw new JobException(
            "anomaly needs rows of the part \""
                + part
                + "\"; there are none. Set split."
                + part
                + ".");
      }
    }
    String targetTime = config.text("window.targetTimeCol", "targetTime");
    Dataset<Row> rows =
        model
            .transform(examples.rows())
            .filter(functions.col(Examples.PART).notEqual("unused"))
            .select(
                column(targetTime).cast("timestamp"),
                column(model.getLabelCol()).cast("double"),
                column(model.getPredictionCol()).cast("double"),
                functions.col(Examples.PART))
            .orderBy(column(targetTime));
    collect(rows.collectAsList());
  }

  private void collect(List<Row> rows) {
    error = new double[rows.size()];
    value = new double[rows.size()];
    probation = rows.size();
    from = rows.size();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      time.add(row.getTimestamp(0));
      value[i] = row.getDouble(1);
      error[i] = Math.abs(row.getDouble(1) - row.getDouble(2));
      boolean test = row.getString(3).equals(Examples.TEST);
      from = test ? Math.min(from, i) : from;
      probation = row.getString(3).equals(Examples.VALIDATION) ? Math.min(probation, i) : probation;
    }
  }

  /** |value - mean| / deviation of all rows before the test. */
  private double[] zScores() {
    double mean = 0;
    for (int i = 0; i < from; i++) {
      mean += value[i] / from;
    }
    double variance = 0;
    for (int i = 0; i < from; i++) {
      variance += (value[i] - mean) * (value[i] - mean) / from;
    }
    double[] scores = new double[value.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(value[i] - mean) / Math.sqrt(variance);
    }
    return scores;
  }

  private static Column column(String name) {
    return functions.col("`" + name + "`");
  }
}
