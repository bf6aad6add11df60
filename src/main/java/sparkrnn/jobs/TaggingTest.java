package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import sparkrnn.ml.RnnTaggingModel;
import sparkrnn.ml.RnnTaggingSummary;

/** The quality of a tagger on the test examples, beside what needs no sequences. */
final class TaggingTest {

  private static final String FEATURE = "featureOfStep";
  private static final String LABEL = "labelOfStep";
  private static final String USUAL = "usualLabel";
  private static final String COUNT = "count";

  private TaggingTest() {}

  /**
   * Runs the model over the training and the test examples.
   *
   * @throws IllegalArgumentException if a row can't be used
   */
  static TestResult of(RnnTaggingModel model, Examples examples) {
    RnnTaggingSummary train = model.evaluate(examples.part(Examples.TRAIN));
    RnnTaggingSummary test = model.evaluate(examples.part(Examples.TEST));
    String feature = feature(model);
    double floor = usualLabelAccuracy(model, examples);
    boolean entities = test.entityF1().isPresent();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("testLoss", test.loss());
    values.put("trainLoss", train.loss());
    values.put("baselineLoss", null);
    values.put("baselineName", "most frequent label of each " + feature);
    values.put("testAccuracy", test.accuracy());
    values.put("trainAccuracy", train.accuracy());
    values.put("testMacroF1", test.macroF1());
    values.put("testEntityF1", entities ? (Double) test.entityF1().getAsDouble() : null);
    values.put("baselineAccuracy", floor);
    values.put("classes", model.labels().length);
    values.put("testTimeSteps", test.numTimeSteps());
    values.put("testSequences", test.numInstances());
    return new TestResult(
        "test, by time step",
        entities ? List.of("accuracy", "macro F1", "entity F1") : List.of("accuracy", "macro F1"),
        List.of(
            line("naive: most frequent label", entities, test.majorityAccuracy()),
            line("naive: most frequent label of each " + feature, entities, floor),
            line(
                "this model",
                entities,
                test.accuracy(),
                test.macroF1(),
                test.entityF1().orElse(Double.NaN))),
        values,
        model.getCrf() ? "negative log likelihood" : "cross entropy",
        String.format(Locale.ROOT, ", accuracy: %.2f %%", 100 * test.accuracy()));
  }

  private static TestResult.Line line(String name, boolean entities, double... known) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < (entities ? 3 : 2); i++) {
      numbers.add(i < known.length ? known[i] : Double.NaN);
    }
    return new TestResult.Line(name, numbers);
  }

  /** The first column of features. */
  private static String feature(RnnTaggingModel model) {
    String[] several = model.getFeaturesCols();
    return several.length == 0 ? model.getFeaturesCol() : several[0];
  }

  /**
   * Share of the test time steps whose label is the one that their first feature has most often in
   * the training; where it does not occur there, the most frequent of all.
   */
  private static double usualLabelAccuracy(RnnTaggingModel model, Examples examples) {
    Dataset<Row> train = steps(model, examples.part(Examples.TRAIN)).cache();
    Dataset<Row> usual =
        train.groupBy(FEATURE, LABEL).count().groupBy(FEATURE).agg(most().as(USUAL));
    Object everywhere = train.groupBy(LABEL).count().agg(most()).first().get(0);
    double accuracy =
        steps(model, examples.part(Examples.TEST))
            .join(usual, FEATURE_ONLY, "left_outer")
            .select(
                functions
                    .coalesce(functions.col(USUAL), functions.lit(everywhere))
                    .equalTo(functions.col(LABEL))
                    .cast("double")
                    .as("right"))
            .agg(functions.avg("right"))
            .first()
            .getDouble(0);
    train.unpersist();
    return accuracy;
  }

  private static final String[] FEATURE_ONLY = {FEATURE};

  /** The label that is counted most often; of equal ones the last. */
  private static org.apache.spark.sql.Column most() {
    return functions.max(functions.struct(COUNT, LABEL)).getField(LABEL);
  }

  /** A row for each time step with a label. */
  private static Dataset<Row> steps(RnnTaggingModel model, Dataset<Row> rows) {
    return rows.select(
            functions.explode(
                functions.zip_with(
                    functions.col(quoted(feature(model))),
                    functions.col(quoted(model.getLabelCol())),
                    (feature, label) -> functions.struct(feature.as(FEATURE), label.as(LABEL)))))
        .select("col.*")
        .filter(functions.col(LABEL).isNotNull());
  }

  private static String quoted(String column) {
    return "`" + column + "`";
  }
}
