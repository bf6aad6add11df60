package sparkrnn.jobs;

import java.util.Arrays;
import java.util.stream.Collectors;
import sparkrnn.ml.RnnClassificationModel;
import sparkrnn.ml.RnnClassifier;
import sparkrnn.ml.RnnEstimator;
import sparkrnn.ml.RnnModel;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.ml.RnnTagger;
import sparkrnn.ml.RnnTaggingModel;

/** What a run file trains, by its key "estimator". */
enum Task {
  REGRESSOR("regressor") {
    @Override
    RnnEstimator<?, ?> create() {
      return new RnnRegressor();
    }

    @Override
    TestResult test(RnnModel<?> model, Examples examples, JobConfig config) {
      return RegressionTest.of((RnnRegressionModel) model, examples, config);
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
  };

  private final String configName;

  Task(String configName) {
    this.configName = configName;
  }

  /** The estimator with its defaults. */
  abstract RnnEstimator<?, ?> create();

  /** How well a model that this estimator trained does on the test examples, beside naive ways. */
  abstract TestResult test(RnnModel<?> model, Examples examples, JobConfig config);

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
