package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** What users of classes read when something is wrong, side by side. */
@ExtendWith(LocalSpark.class)
final class ClassErrorMessageTest {

  private final SparkSession spark;

  ClassErrorMessageTest(SparkSession spark) {
    this.spark = spark;
  }

  private static AbstractStringAssert<?> messageOf(ThrowingCallable act) {
    Throwable thrown = catchThrowable(act);
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    return assertThat(thrown.getMessage());
  }

  private AbstractStringAssert<?> fitting(Dataset<Row> data) {
    return messageOf(() -> ClassRows.small().fit(data));
  }

  private Dataset<Row> texts() {
    return ClassRows.texts(spark, 40);
  }

  private Dataset<Row> arrays() {
    return ClassRows.arrays(spark, 40);
  }

  private RnnClassificationModel model() {
    return ClassRows.small().setEpochs(0).fit(texts());
  }

  @Test
  void thresholdsOutOfRange() {
    String needed = "; all must be finite numbers of at least 0, and at most one may be 0.";
    messageOf(() -> new RnnClassifier().setThresholds(0.5, -1))
        .isEqualTo("RnnClassifier: thresholds is [0.5, -1.0]" + needed);
    messageOf(() -> new RnnClassifier().setThresholds(0, 1, 0))
        .isEqualTo("RnnClassifier: thresholds is [0.0, 1.0, 0.0]" + needed);
    messageOf(() -> model().setThresholds(1, Double.NaN, 1))
        .isEqualTo("RnnClassificationModel: thresholds is [1.0, NaN, 1.0]" + needed);
  }

  @Test
  void numbersOutOfRange() {
    RnnClassifier classifier = new RnnClassifier();
    messageOf(() -> classifier.setLabelSmoothing(1))
        .isEqualTo(
            "RnnClassifier: labelSmoothing is 1.0; it must be a finite number at least 0 and below"
                + " 1.");
    messageOf(() -> classifier.setThreshold(-0.1))
        .isEqualTo(
            "RnnClassifier: threshold is -0.1; it must be a finite number at least 0 and below 1.");
    messageOf(() -> classifier.setClassWeights(1, 0))
        .isEqualTo(
            "RnnClassifier: classWeights is [1.0, 0.0]; all must be finite numbers above 0, one for"
                + " each class.");
    messageOf(() -> classifier.setClassWeighting("equal"))
        .isEqualTo(
            "RnnClassifier: classWeighting is \"equal\"; it must be one of \"none\", \"balanced\".");
  }

  @Test
  void oneNumberForEachLabel() {
    messageOf(() -> ClassRows.small().setClassWeights(1, 2).fit(texts()))
        .isEqualTo(
            "RnnClassifier: classWeights has 2 numbers and there are 3 labels (down, flat, up); one"
                + " is needed for each, in this order.");
    messageOf(() -> ClassRows.small().setThresholds(1, 2).fit(texts()))
        .isEqualTo(
            "RnnClassifier: thresholds has 2 numbers and there are 3 labels (down, flat, up); one"
                + " is needed for each, in this order.");
    messageOf(() -> model().setThresholds(1, 2, 3, 4).transform(texts()))
        .isEqualTo(
            "RnnClassificationModel: thresholds has 4 numbers and there are 3 labels (down, flat,"
                + " up); one is needed for each, in this order.");
  }

  @Test
  void classesWeighedTwice() {
    messageOf(
            () ->
                ClassRows.small()
                    .setClassWeighting("balanced")
                    .setClassWeights(1, 2, 3)
                    .fit(texts()))
        .isEqualTo(
            "RnnClassifier: classWeighting is \"balanced\" and classWeights is [1.0, 2.0, 3.0];"
                + " only one of them may weigh the classes. Set classWeighting to \"none\", or clear"
                + " classWeights.");
  }

  @Test
  void paramsOfClassesWithLabelsInArrays() {
    String why = "; labels in an array (labelCol \"label\") are no classes of a row. ";
    messageOf(() -> ClassRows.small().setClassWeighting("balanced").fit(arrays()))
        .isEqualTo(
            "RnnClassifier: classWeighting is \"balanced\""
                + why
                + "Set classWeighting to \"none\".");
    messageOf(() -> ClassRows.small().setClassWeights(1, 2, 3).fit(arrays()))
        .isEqualTo("RnnClassifier: classWeights is set" + why + "Clear classWeights.");
    messageOf(() -> ClassRows.small().setThresholds(1, 2, 3).fit(arrays()))
        .isEqualTo(
            "RnnClassifier: thresholds is set" + why + "Clear thresholds and set threshold.");
    messageOf(() -> ClassRows.small().setPredictedLabelCol("guess").fit(arrays()))
        .isEqualTo(
            "RnnClassifier: predictedLabelCol is \"guess\""
                + why
                + "Set predictedLabelCol to \"\".");
    RnnClassificationModel model = ClassRows.small().setEpochs(0).fit(arrays());
    messageOf(() -> model.copy(none()).setThresholds(1, 2, 3).transform(arrays()))
        .isEqualTo(
            "RnnClassificationModel: thresholds is set, and the labels of the fit were arrays; each"
                + " has a probability of its own. Clear thresholds and set threshold.");
    messageOf(() -> model.copy(none()).setPredictedLabelCol("guess").transform(arrays()))
        .isEqualTo(
            "RnnClassificationModel: predictedLabelCol is \"guess\", and the labels of the fit were"
                + " arrays, which have no names. Set predictedLabelCol to \"\".");
  }

  private static org.apache.spark.ml.param.ParamMap none() {
    return org.apache.spark.ml.param.ParamMap.empty();
  }

  @Test
  void labelOfATypeWithoutClasses() {
    fitting(texts().selectExpr("features", "label = 'up' AS label"))
        .isEqualTo(
            "RnnClassifier: column \"label\" (labelCol) is boolean; it must be a text, a number, or"
                + " an array or a vector of 0 and 1. Cast it, or set labelCol to another column.");
  }

  @Test
  void columnsTaken() {
    messageOf(() -> ClassRows.small().setProbabilityCol("id").fit(texts()))
        .isEqualTo(
            "RnnClassifier: the data already has a column \"id\" (probabilityCol); it would be"
                + " overwritten. Drop or rename it, or set probabilityCol to another name.");
    messageOf(() -> ClassRows.small().setPredictedLabelCol("prediction").fit(texts()))
        .isEqualTo(
            "RnnClassifier: two columns are to be named \"prediction\", one of them by"
                + " predictedLabelCol; all need names of their own. Set predictedLabelCol to another"
                + " name.");
  }

  @Test
  void fractions() {
    fitting(SequenceRows.means(spark, 10).selectExpr("features", "0.25D AS label"))
        .isEqualTo(
            "RnnClassifier: column \"label\" (labelCol) holds 0.25; classes must be whole numbers"
                + " of at most 2 to the power of 53. Use RnnRegressor to predict numbers, or round"
                + " the column.");
  }

  @Test
  void fewerThanTwoClasses() {
    fitting(texts().filter("label = 'up'"))
        .isEqualTo(
            "RnnClassifier: column \"label\" (labelCol) holds only the label up; at least two"
                + " classes are needed. Check labelCol and the rows.");
    fitting(texts().selectExpr("features", "CAST(NULL AS STRING) AS label"))
        .isEqualTo(
            "RnnClassifier: column \"label\" (labelCol) holds no label; at least two classes are"
                + " needed. Check labelCol and the rows.");
  }

  @Test
  void farTooManyClasses() {
    fitting(spark.range(10_001).selectExpr("array(1D) AS features", "id AS label"))
        .isEqualTo(
            "RnnClassifier: column \"label\" (labelCol) holds more than 10000 classes. Check"
                + " labelCol.");
  }

  @Test
  void rowWithoutALabel() {
    fitting(ClassRows.withRow17(spark, null))
        .isEqualTo(
            "RnnClassifier: column \"label\": the row with id 17 is null; every row needs a label."
                + " Mend the row, or set handleInvalid to \"skip\".");
    fitting(
            ClassRows.numbers(spark, 20, 0)
                .selectExpr("id", "features", "if(id = 17, double('NaN'), label) AS label"))
        .isEqualTo(
            "RnnClassifier: column \"label\": the row with id 17 is NaN, which is none of the 3"
                + " classes of the fit (0, 1, 2). Mend the row, or set handleInvalid to \"skip\".");
  }

  @Test
  void numberInAnArrayThatIsNeitherZeroNorOne() {
    fitting(
            arrays()
                .selectExpr("id", "features", "if(id = 17, array(0D, 0.5D, 1D), label) AS label"))
        .isEqualTo(
            "RnnClassifier: column \"label\": the row with id 17 holds 0.5 at place 1; labels in an"
                + " array must be 0 or 1. Mend the row, or set handleInvalid to \"skip\".");
  }

  @Test
  void arraysOfTwoLengths() {
    fitting(arrays().selectExpr("id", "features", "if(id = 17, array(0D), label) AS label"))
        .isEqualTo(
            "RnnClassifier: columns \"features\" and \"label\" hold labels of 1 and labels of 3"
                + " numbers; all rows need the same number. Mend the rows.");
  }

  @Test
  void labelThatTheModelDoesNotKnow() {
    Throwable thrown =
        catchThrowable(() -> model().evaluate(ClassRows.withRow17(spark, "sideways")));
    assertThat(thrown)
        .hasStackTraceContaining(
            "RnnClassificationModel: column \"label\": the row with id 17 is \"sideways\", which is"
                + " none of the 3 classes of the fit (down, flat, up). Mend the row, or set"
                + " handleInvalid to \"skip\".");
  }

  @Test
  void labelOfAnotherKindThanInTheFit() {
    messageOf(() -> model().evaluate(ClassRows.numbers(spark, 20, 0)))
        .isEqualTo(
            "RnnClassificationModel: column \"label\" (labelCol) is int; it must be a text as in"
                + " the fit. Cast it, or set labelCol to another column.");
  }

  @Test
  void nothingToEvaluate() {
    messageOf(() -> model().evaluate(texts().limit(0)))
        .isEqualTo(
            "RnnClassificationModel: no row is left to evaluate, or all weigh 0; at least one needs"
                + " a sequence, a label and a weight above 0. Check labelCol \"label\".");
  }

  @Test
  void modelWithoutANetwork() {
    assertThat(catchThrowable(() -> new RnnClassificationModel().labels()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "RnnClassificationModel: this model has no network; it comes from a constructor. Take a"
                + " model from the fit of an estimator or from RnnClassificationModel.load.");
  }

  @Test
  void streamToFit() {
    Dataset<Row> stream =
        spark.readStream().format("rate").load().selectExpr("array(1D) AS features", "1 AS label");
    fitting(stream)
        .isEqualTo(
            "RnnClassifier: the data is a stream; a fit needs data that ends. Fit on a table or on"
                + " files, then transform the stream.");
  }

  @Test
  void directoryOfAnotherModel(@TempDir Path directory) throws IOException {
    String path = directory.resolve("model").toString();
    model().save(path);
    messageOf(() -> RnnRegressionModel.load(path))
        .isEqualTo(
            "RnnRegressionModel at "
                + path
                + ": the directory holds a sparkrnn.ml.RnnClassificationModel. Load it with that"
                + " class.");
    String other = directory.resolve("other").toString();
    SequenceRows.small().setEpochs(0).fit(SequenceRows.means(spark, 20)).save(other);
    messageOf(() -> RnnClassificationModel.load(other))
        .isEqualTo(
            "RnnClassificationModel at "
                + other
                + ": the directory holds a sparkrnn.ml.RnnRegressionModel. Load it with that"
                + " class.");
  }

  @Test
  void directoryThatLostALabel(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("model");
    model().save(path.toString());
    SavedDescription.edit(path, "\"down\", \"flat\"", "\"down\"");
    messageOf(() -> RnnClassificationModel.load(path.toString()))
        .isEqualTo(
            "RnnClassificationModel at "
                + path
                + ": model.json is not the JSON of a model; it is cut short or edited. Save the"
                + " model again.");
  }
}
