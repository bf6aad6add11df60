package sparkrnn.jobs;

import java.util.List;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressionSummary;

/** How well a trained model does on examples that it has not seen, beside naive forecasts. */
final class ModelTest {

  private final RnnRegressionModel model;
  private final Examples examples;
  private final JobConfig config;

  ModelTest(RnnRegressionModel model, Examples examples, JobConfig config) {
    this.model = model;
    this.examples = examples;
    this.config = config;
  }

  /**
   * Runs the model over the training and the test examples.
   *
   * @throws IllegalArgumentException if a row can't be used
   */
  TrainingReport report() {
    if (!examples.has(Examples.TEST)) {
      return TrainingReport.withoutTest(model);
    }
    RnnRegressionSummary train = model.evaluate(examples.part(Examples.TRAIN));
    RnnRegressionSummary test = model.evaluate(examples.part(Examples.TEST));
    NaiveForecast naive =
        new NaiveForecast(
            model.getFeaturesCol(),
            model.getLabelCol(),
            model.isDefined(model.weightCol()) ? model.getWeightCol() : "",
            new NaiveForecast.LossMeasure(model.getLoss(), model.getHuberDelta()));
    List<NaiveForecast.Floor> floors =
        naive.floors(
            examples.part(Examples.TRAIN),
            examples.part(Examples.TEST),
            lastValueIndexes(model.numOutputs()));
    return TrainingReport.of(model, train, test, floors, examples.scaler().isPresent());
  }

  /** Which features are the past of the label's numbers: known where windows were made here. */
  private int[] lastValueIndexes(int outputs) {
    List<String> values = config.texts("window.valueCols");
    List<String> targets = Preparation.targets(config);
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
