package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import sparkrnn.feature.SlidingWindow;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressionSummary;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.report.ProgressBar;

/** The main behind jobs/train: data, windows, split, fit and test, as one config file says. */
public final class Train {

  private static final String VALIDATION_INDICATOR = "isValidation";

  private final JobConfig config;
  private final PrintStream out;

  private Train(JobConfig config, PrintStream out) {
    this.config = config;
    this.out = out;
  }

  /** Runs the job and ends the process: 0 for success, 2 for usage, 1 for any other failure. */
  public static void main(String[] arguments) {
    JobProcess.run("train", arguments, (parsed, out) -> run(parsed, out));
  }

  /**
   * Runs the job in this process, in the Spark session that there is or a new one.
   *
   * @return what was measured
   */
  static TrainingReport run(JobArguments arguments, PrintStream out) {
    JobConfig config = JobProcess.config(arguments);
    arguments.metrics().ifPresent(TrainingReport::checkWritable);
    SparkSession spark = JobProcess.session("spark-rnn train " + arguments.config().orElse(""));
    TrainingReport report = new Train(config, out).run(spark);
    arguments.metrics().ifPresent(report::write);
    return report;
  }

  private TrainingReport run(SparkSession spark) {
    RnnRegressor estimator = new RnnRegressor();
    if (config.has("window.featuresCol")) {
      estimator.setFeaturesCol(config.text("window.featuresCol", ""));
    }
    if (config.has("window.labelCol")) {
      estimator.setLabelCol(config.text("window.labelCol", ""));
    }
    StageParams.set(estimator, config, "model");
    ModelOutput output = ModelOutput.of(config);
    output.checkWritable(spark);
    Dataset<Row> raw = DataSource.read(spark, config);
    Examples examples = Preparation.examples(raw, config);
    RnnRegressionModel model = fit(estimator, examples);
    out.println();
    out.println(model.describe());
    output.save(withScaler(model, examples, raw), out);
    return evaluate(model, examples);
  }

  /** The model, or a pipeline that does to new rows what was done to those of the training. */
  private MLWritable withScaler(RnnRegressionModel model, Examples examples, Dataset<Row> raw) {
    if (examples.scaler().isEmpty()) {
      return model;
    }
    SlidingWindow window = Preparation.window(config).setTarget("none");
    PipelineStage[] stages = {examples.scaler().get(), window, model};
    return new Pipeline().setStages(stages).fit(raw.limit(0));
  }

  private RnnRegressionModel fit(RnnRegressor estimator, Examples examples) {
    Dataset<Row> data = examples.part(Examples.TRAIN);
    if (examples.has(Examples.VALIDATION)) {
      data =
          data.union(examples.part(Examples.VALIDATION))
              .withColumn(
                  VALIDATION_INDICATOR, functions.col(Examples.PART).equalTo(Examples.VALIDATION));
      estimator.setValidationIndicatorCol(VALIDATION_INDICATOR);
    }
    try (ProgressBar progress = progressBar(data.sparkSession());
        StopOnSignal stop = StopOnSignal.install(estimator, out)) {
      return estimator.addListener(progress).fit(data);
    }
  }

  /** Whole lines where Spark's own bar redraws the last line of the terminal. */
  private ProgressBar progressBar(SparkSession spark) {
    boolean sparksBar =
        spark.sparkContext().getConf().getBoolean("spark.ui.showConsoleProgress", false);
    return sparksBar ? ProgressBar.wholeLines(out, System::nanoTime) : ProgressBar.forConsole(out);
  }

  private TrainingReport evaluate(RnnRegressionModel model, Examples examples) {
    RnnRegressionSummary train = model.evaluate(examples.part(Examples.TRAIN));
    if (!examples.has(Examples.TEST)) {
      out.println("No test examples; training loss " + TrainingReport.show(train.loss()));
      return TrainingReport.withoutTest(model, train);
    }
    RnnRegressionSummary test = model.evaluate(examples.part(Examples.TEST));
    List<NaiveForecast.Floor> floors =
        NaiveForecast.floors(
            examples.part(Examples.TRAIN),
            examples.part(Examples.TEST),
            model.getFeaturesCol(),
            model.getLabelCol(),
            lastValueIndexes(model.numOutputs()),
            new NaiveForecast.LossMeasure(model.getLoss(), model.getHuberDelta()));
    TrainingReport report = TrainingReport.of(model, train, test, floors);
    report.print(out);
    return report;
  }

  /** Which features are the past of the label's numbers: known where windows were made here. */
  private int[] lastValueIndexes(int outputs) {
    List<String> values = config.texts("window.valueCols");
    List<String> chosen = config.texts("window.targetCols");
    List<String> targets = chosen.isEmpty() ? values : chosen;
    if (targets.isEmpty() || !values.containsAll(targets)) {
      return new int[0];
    }
    int[] indexes = new int[outputs];
    for (int i = 0; i < outputs; i++) {
      indexes[i] = values.indexOf(targets.get(i % targets.size()));
    }
    return indexes;
  }
}
