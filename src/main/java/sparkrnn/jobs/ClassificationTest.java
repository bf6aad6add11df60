package sparkrnn.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sparkrnn.ml.RnnClassificationModel;
import sparkrnn.ml.RnnClassificationSummary;

/** The quality of a classifier on the test examples, beside always saying the same class. */
final class ClassificationTest {

  private ClassificationTest() {}

  /**
   * Runs the model over the training and the test examples.
   *
   * @throws IllegalArgumentException if a row can't be used
   */
  static TestResult of(RnnClassificationModel model, Examples examples) {
    RnnClassificationSummary train = model.evaluate(examples.part(Examples.TRAIN));
    RnnClassificationSummary test = model.evaluate(examples.part(Examples.TEST));
    double floor = test.majorityAccuracy();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("testLoss", test.loss());
    values.put("trainLoss", train.loss());
    values.put("baselineLoss", null);
    values.put("baselineName", "most frequent class");
    values.put("testAccuracy", test.accuracy());
    values.put("trainAccuracy", train.accuracy());
    values.put("testMacroF1", test.macroF1());
    values.put("baselineAccuracy", floor);
    values.put("classes", model.labels().length);
    values.put("testSequences", test.numInstances());
    return new TestResult(
        "test",
        List.of("accuracy", "macro F1"),
        List.of(
            new TestResult.Line("naive: most frequent class", List.of(floor, Double.NaN)),
            new TestResult.Line("this model", List.of(test.accuracy(), test.macroF1()))),
        values,
        "cross entropy",
        String.format(Locale.ROOT, ", accuracy: %.2f %%", 100 * test.accuracy()));
  }
}
