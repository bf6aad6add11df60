package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressionSummary;

/** The errors of a regression on the test examples, beside those of naive forecasts. */
final class RegressionTest {

  private RegressionTest() {}

  /**
   * Runs the model over the training and the test examples.
   *
   * @throws IllegalArgumentException if a row can't be used
   */
  static TestResult of(RnnRegressionModel model, Examples examples, JobConfig config) {
    RnnRegressionSummary train = model.evaluate(examples.part(Examples.TRAIN));
    RnnRegressionSummary test = model.evaluate(examples.part(Examples.TEST));
    List<NaiveForecast.Floor> floors = floors(model, examples, config);
    NaiveForecast.Floor best =
        floors.stream().min(Comparator.comparingDouble(NaiveForecast.Floor::loss)).orElseThrow();
    boolean standardized = examples.scaler().isPresent();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("testLoss", test.loss());
    values.put("trainLoss", train.loss());
    values.put("baselineLoss", best.loss());
    values.put("baselineName", best.name());
    values.put("testMeanSquaredError", test.meanSquaredError());
    values.put("testMeanAbsoluteError", test.meanAbsoluteError());
    values.put("testSequences", test.numInstances());
    values.put("standardized", standardized);
    List<TestResult.Line> lines = new ArrayList<>();
    for (NaiveForecast.Floor floor : floors) {
      lines.add(
          line("naive: " + floor.name(), floor.meanSquaredError(), floor.meanAbsoluteError()));
    }
    lines.add(line("this model", test.meanSquaredError(), test.meanAbsoluteError()));
    String title = standardized ? "test error (standardized units)" : "test error";
    return new TestResult(title, List.of("MSE", "MAE"), lines, values, model.getLoss(), "");
  }

  private static TestResult.Line line(String name, double squared, double absolute) {
    return new TestResult.Line(name, List.of(squared, absolute));
  }

  private static List<NaiveForecast.Floor> floors(
      RnnRegressionModel model, Examples examples, JobConfig config) {
    NaiveForecast naive =
        new NaiveForecast(
            model.getFeaturesCol(),
            model.getLabelCol(),
            model.isDefined(model.weightCol()) ? model.getWeightCol() : "",
            new NaiveForecast.LossMeasure(model.getLoss(), model.getHuberDelta()));
    return naive.floors(
        examples.part(Examples.TRAIN),
        examples.part(Examples.TEST),
        lastValueIndexes(config, model.numOutputs()));
  }

  /** Which features are the past of the label's numbers: known where windows were made here. */
  private static int[] lastValueIndexes(JobConfig config, int outputs) {
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
