package sparkrnn.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import sparkrnn.ml.RnnClassificationModel;
import sparkrnn.ml.RnnClassifier;
import sparkrnn.ml.RnnEstimator;
import sparkrnn.ml.RnnForecastModel;
import sparkrnn.ml.RnnForecaster;
import sparkrnn.ml.RnnLanguageModel;
import sparkrnn.ml.RnnModel;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.ml.RnnTagger;
import sparkrnn.ml.RnnTaggingModel;
import sparkrnn.ml.RnnTextModel;
import sparkrnn.page.Page;

/** What a run file trains, by its key "estimator". */
enum Task {
  REGRESSOR("regressor") {
    @Override
    RnnEstimator<?, ?> create() {
      return new RnnRegressor();
    }

    @Override
    TestResult test(RnnModel<?> model, Examples examples, JobConfig config) {
      TestResult errors = RegressionTest.of((RnnRegressionModel) model, examples, config);
      return AnomalyTest.wanted(config)
          ? AnomalyTest.extend(errors, model, examples, config)
          : errors;
    }

    @Override
    void addCases(Page page, RnnModel<?> model, Examples examples, JobConfig config) {
      new RegressionCases((RnnRegressionModel) model, examples, config).addTo(page);
    }
  },
  CLASSIFIER("classifier") {
    @Override
    RnnEstimator<?, ?> create() {
      return new RnnClassifier();
    }

    @Override
    TestResult test(RnnModel<?> model, Examples examples, JobConfig config) {
      return ClassificationTest.of((RnnClassificationModel) model, examples);
    }

    @Override
    void addCases(Page page, RnnModel<?> model, Examples examples, JobConfig config) {
      new ClassificationCases((RnnClassificationModel) model, examples).addTo(page);
    }
  },
  TAGGER("tagger") {
    @Override
    RnnEstimator<?, ?> create() {
      return new RnnTagger();
    }

    @Override
    TestResult test(RnnModel<?> model, Examples examples, JobConfig config) {
      return TaggingTest.of((RnnTaggingModel) model, examples);
    }

    @Override
    void addCases(Page page, RnnModel<?> model, Examples examples, JobConfig config) {
      new TaggingCases((RnnTaggingModel) model, examples).addTo(page);
    }
  },
  LANGUAGE_MODEL("languageModel") {
    @Override
    RnnEstimator<?, ?> create() {
      return new RnnLanguageModel();
    }

    @Override
    TestResult test(RnnModel<?> model, Examples examples, JobConfig config) {
      return LanguageTest.of((RnnTextModel) model, examples);
    }

    @Override
    void addCases(Page page, RnnModel<?> model, Examples examples, JobConfig config) {
      new LanguageCases((RnnTextModel) model, examples).addTo(page);
    }
  },
  FORECASTER("forecaster") {
    @Override
    RnnEstimator<?, ?> create() {
      return new RnnForecaster();
    }

    @Override
    Examples examples(Dataset<Row> raw, JobConfig config) {
      return SeriesParts.of(raw, config);
    }

    @Override
    RnnModel<?> finished(RnnModel<?> model, Examples examples, JobConfig config) {
      return ForecastTest.calibrated((RnnForecastModel) model, examples, config);
    }

    @Override
    TestResult test(RnnModel<?> model, Examples examples, JobConfig config) {
      return ForecastTest.of((RnnForecastModel) model, examples);
    }

    @Override
    void addCases(Page page, RnnModel<?> model, Examples examples, JobConfig config) {
      new ForecastCases((RnnForecastModel) model, examples).addTo(page);
    }
  };

  private final String configName;

  Task(String configName) {
    this.configName = configName;
  }

  /**
   * Looks for sections that only another estimator reads.
   *
   * @throws JobException for the first one
   */
  void checkSections(JobConfig config) {
    Map<String, Task> readers =
        Map.of("anomaly", REGRESSOR, "calibrate", FORECASTER, "sample", LANGUAGE_MODEL);
    for (String section : new TreeSet<>(readers.keySet())) {
      Task reader = readers.get(section);
      if (config.has(section) && this != reader) {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "\"%s\" is set and estimator is \"%s\"; only \"%s\" reads it. Leave it out.",
                section,
                configName,
                reader.configName));
      }
    }
  }

  /** The estimator with its defaults. */
  abstract RnnEstimator<?, ?> create();

  /**
   * What the raw rows are to the estimator, marked by their part.
   *
   * @throws JobException if the config does not go together
   */
  Examples examples(Dataset<Row> raw, JobConfig config) {
    return Preparation.examples(raw, config);
  }

  /** The model that is saved and tested, made of the one that was trained. */
  RnnModel<?> finished(RnnModel<?> model, Examples examples, JobConfig config) {
    return model;
  }

  /** How well a model that this estimator trained does on the test examples, beside naive ways. */
  abstract TestResult test(RnnModel<?> model, Examples examples, JobConfig config);

  /** Adds predictions beside the truth, the worst among them, to a page: one more pass or two. */
  abstract void addCases(Page page, RnnModel<?> model, Examples examples, JobConfig config);

  /**
   * The task of a run file.
   *
   * @throws JobException if there is none of this name; the message lists the names
   */
  static Task of(JobConfig config) {
    return named(config.text("estimator", REGRESSOR.configName));
  }

  static Task named(String name) {
    for (Task task : values()) {
      if (task.configName.equals(name)) {
        return task;
      }
    }
    throw new JobException(
        "estimator is \""
            + name
            + "\"; it must be "
            + Arrays.stream(values()).map(task -> task.configName).collect(Collectors.joining(", "))
            + ".");
  }
}
