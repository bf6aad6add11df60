package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import sparkrnn.ml.ParamTexts;
import sparkrnn.ml.RnnEstimator;
import sparkrnn.ml.RnnModel;
import sparkrnn.report.FitPage;
import sparkrnn.report.FitRecorder;
import sparkrnn.report.LivePage;
import sparkrnn.report.ProgressBar;

/** The main behind jobs/train: data, windows, split, fit and test, as one config file says. */
public final class Train {

  private static final String VALIDATION_INDICATOR = "isValidation";

  private final String title;
  private final JobConfig config;
  private final PrintStream out;
  private final PrintStream progress;
  private final RunClock clock = new RunClock();
  private final FitRecorder recorder = new FitRecorder();

  private Train(String title, JobConfig config, PrintStream out, PrintStream progress) {
    this.title = title;
    this.config = config;
    this.out = out;
    this.progress = progress;
  }

  /** Runs the job and ends the process with an {@link ExitCode}. */
  public static void main(String[] arguments) {
    JobProcess.run(JobCommand.TRAIN, arguments, (parsed, out) -> run(parsed, out, System.err));
  }

  /**
   * Runs the job in this process, in the Spark session that there is or a new one.
   *
   * @param out for results
   * @param progress for what a person wants to see meanwhile
   * @return what was measured
   */
  static TrainingReport run(JobArguments arguments, PrintStream out, PrintStream progress) {
    JobConfig config = JobConfig.of(arguments);
    arguments.metrics().ifPresent(MetricsFile::checkWritable);
    try (StopOnSignal stop = StopOnSignal.install(progress)) {
      progress.println("Starting Spark ...");
      String title = arguments.config().orElse("run");
      SparkSession spark = JobProcess.session("spark-rnn train " + title);
      return new Train(title, config, out, progress).run(spark, arguments, stop);
    }
  }

  private TrainingReport run(SparkSession spark, JobArguments arguments, StopOnSignal stop) {
    Task task = Task.of(config);
    task.checkSections(config);
    RnnEstimator<?, ?> estimator = estimator(task);
    List<PipelineStage> features = FeatureStages.of(config);
    ModelOutput output = ModelOutput.of(config);
    output.checkWritable(spark);
    ReportFile page = ReportFile.of(arguments, config);
    page.checkWritable(spark);
    TextSample sample = TextSample.of(config);
    if (AnomalyTest.wanted(config)) {
      // What is wrong with the labels is said before the training, not after it.
      AnomalyWindows.read(spark, config);
    }
    Dataset<Row> raw = DataSource.read(spark, config);
    Examples split = task.examples(raw, config);
    split.checkTraining();
    Examples examples = split.through(features);
    clock.ended("data, as far as it is not read in the fit");
    RnnModel<?> model = task.finished(fit(estimator, examples, stop, page), examples, config);
    clock.ended("reading the data, fit");
    out.println();
    out.println(model.describe());
    output.save(withFeatures(model, examples, raw), out);
    stop.trainingEnded(output.path());
    printSample(sample, model);
    TrainingReport report = test(task, model, examples, arguments);
    clock.ended("saving and test");
    report.print(out);
    arguments.metrics().ifPresent(file -> file.write(report.values()));
    if (page.wanted()) {
      RunPage run = new RunPage(title, task, config, recorder, clock);
      page.write(run.page(model, examples, report), spark, out);
    }
    return report;
  }

  /** A prompt that can't be gone on from must not cost the test of a long training. */
  private void printSample(TextSample sample, RnnModel<?> model) {
    try {
      sample.print(model, out);
    } catch (IllegalArgumentException refused) {
      progress.println("No sample is drawn: " + refused.getMessage());
    }
  }

  private TrainingReport test(
      Task task, RnnModel<?> model, Examples examples, JobArguments arguments) {
    TrainingReport report = null;
    try {
      report =
          examples.has(Examples.TEST)
              ? TrainingReport.of(model, task.test(model, examples, config))
              : TrainingReport.withoutTest(model);
      return report;
    } finally {
      if (report == null) {
        // The training may have taken hours: what is known of it is not lost with the test.
        Map<String, Object> known = TrainingReport.withoutTest(model).values();
        arguments.metrics().ifPresent(file -> file.write(known));
      }
    }
  }

  private RnnEstimator<?, ?> estimator(Task task) {
    RnnEstimator<?, ?> estimator = task.create();
    config.optional("window.featuresCol").ifPresent(estimator::setFeaturesCol);
    config.optional("window.labelCol").ifPresent(estimator::setLabelCol);
    StageParams.set(estimator, config, "model");
    return estimator;
  }

  /** The model, or a pipeline that does to new rows what was done to those of the training. */
  private MLWritable withFeatures(RnnModel<?> model, Examples examples, Dataset<Row> raw) {
    List<PipelineStage> stages = new ArrayList<>(examples.features());
    stages.add(model);
    if (examples.scaler().isPresent()) {
      Standardization scaler = examples.scaler().get();
      stages.add(0, scaler.stage());
      stages.add(1, Preparation.window(config).setTarget("none"));
      String[] columns = pipeline(stages).transformSchema(raw.schema()).fieldNames();
      stages.add(
          scaler.inverse(
              List.of(columns),
              model.getPredictionCol(),
              Preparation.targets(config),
              model.numOutputs()));
    }
    return stages.size() == 1 ? model : pipeline(stages).fit(raw.limit(0));
  }

  private static Pipeline pipeline(List<PipelineStage> stages) {
    return new Pipeline().setStages(stages.toArray(new PipelineStage[0]));
  }

  private RnnModel<?> fit(
      RnnEstimator<?, ?> estimator, Examples examples, StopOnSignal stop, ReportFile page) {
    Dataset<Row> data = examples.part(Examples.TRAIN);
    if (examples.has(Examples.VALIDATION)) {
      data =
          data.union(examples.part(Examples.VALIDATION))
              .withColumn(
                  VALIDATION_INDICATOR, functions.col(Examples.PART).equalTo(Examples.VALIDATION));
      estimator.setValidationIndicatorCol(VALIDATION_INDICATOR);
    }
    stop.watch(estimator);
    try (ProgressBar bar = progressBar(data.sparkSession())) {
      estimator.addListener(bar).addListener(recorder);
      return page.wanted() ? fit(estimator, data, page) : (RnnModel<?>) estimator.fit(data);
    }
  }

  /** The page is there from the begin, for an open browser. */
  private RnnModel<?> fit(RnnEstimator<?, ?> estimator, Dataset<Row> data, ReportFile page) {
    FitPage known = new FitPage(title, RunPage.subtitle(estimator), "", ParamTexts.of(estimator));
    try (LivePage live = page.live(known, data.sparkSession(), progress)) {
      return (RnnModel<?>) estimator.addListener(live).fit(data);
    }
  }

  /** Whole lines where Spark's own bar redraws the last line of the terminal. */
  private ProgressBar progressBar(SparkSession spark) {
    boolean sparksBar =
        spark.sparkContext().getConf().getBoolean("spark.ui.showConsoleProgress", false);
    return sparksBar
        ? ProgressBar.wholeLines(progress, System::nanoTime)
        : ProgressBar.forConsole(progress);
  }
}
