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

/** What users of labels of time steps read when something is wrong, side by side. */
@ExtendWith(LocalSpark.class)
final class TagErrorMessageTest {

  private static final String MEND = " Mend the row, or set handleInvalid to \"skip\".";

  private final SparkSession spark;

  TagErrorMessageTest(SparkSession spark) {
    this.spark = spark;
  }

  private static AbstractStringAssert<?> messageOf(ThrowingCallable act) {
    Throwable thrown = catchThrowable(act);
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    return assertThat(thrown.getMessage());
  }

  private AbstractStringAssert<?> fitting(Dataset<Row> data) {
    return messageOf(() -> TagRows.small().fit(data));
  }

  private Dataset<Row> texts() {
    return TagRows.texts(spark, 40);
  }

  private RnnTaggingModel model() {
    return TagRows.small().setEpochs(0).fit(texts());
  }

  private Dataset<Row> row17(Object features, Object label) {
    return TagRows.withRow17(spark, features, label);
  }

  @Test
  void labelOfAnotherType() {
    String wanted =
        "; it must be an array of texts or of numbers, one for each time step. Turn it into one,"
            + " for example with split or collect_list, or set labelCol to another column.";
    fitting(texts().selectExpr("features", "label[0] AS label"))
        .isEqualTo("RnnTagger: column \"label\" (labelCol) is string" + wanted);
    fitting(texts().selectExpr("features", "transform(label, tag -> tag = 'O') AS label"))
        .isEqualTo("RnnTagger: column \"label\" (labelCol) is array<boolean>" + wanted);
    fitting(texts().drop("label"))
        .isEqualTo(
            "RnnTagger: there is no column \"label\" (labelCol) in the data; it has \"id\","
                + " \"features\". Set labelCol to one of them.");
  }

  @Test
  void otherNumberOfLabelsThanTimeSteps() {
    fitting(row17(new int[] {1, 3, 0}, new String[] {"B-A", "I-A"}))
        .isEqualTo(
            "RnnTagger: column \"label\": the row with id 17 has 2 labels and 3 time steps; every"
                + " time step needs one."
                + MEND);
    fitting(row17(new int[] {1, 3, 0}, new String[0]))
        .isEqualTo(
            "RnnTagger: column \"label\": the row with id 17 has 0 labels and 3 time steps; every"
                + " time step needs one."
                + MEND);
    assertThat(
            catchThrowable(() -> model().evaluate(row17(new int[] {1}, new String[] {"O", "O"}))))
        .hasStackTraceContaining(
            "RnnTaggingModel: column \"label\": the row with id 17 has 2 labels and 1 time steps;"
                + " every time step needs one."
                + MEND);
  }

  @Test
  void rowWithoutLabels() {
    fitting(row17(new int[] {1, 3, 0}, null))
        .isEqualTo(
            "RnnTagger: column \"label\": the row with id 17 is null; every row needs an array with"
                + " an element for each time step."
                + MEND);
    assertThat(catchThrowable(() -> model().evaluate(row17(new int[] {1, 3, 0}, null))))
        .hasStackTraceContaining(
            "RnnTaggingModel: column \"label\": the row with id 17 is null; every row needs an array"
                + " with an element for each time step."
                + MEND);
  }

  @Test
  void rowWithoutASequence() {
    fitting(row17(null, new String[] {"O"}))
        .isEqualTo(
            "RnnTagger: column \"features\": the row with id 17 holds null; every row needs a"
                + " sequence of at least one time step."
                + MEND);
    fitting(row17(new int[0], new String[0]))
        .isEqualTo(
            "RnnTagger: column \"features\": the row with id 17 holds an empty sequence; every row"
                + " needs at least one time step."
                + MEND);
    assertThat(catchThrowable(() -> model().transform(row17(new int[0], null)).collectAsList()))
        .hasStackTraceContaining(
            "RnnTaggingModel: column \"features\": the row with id 17 holds an empty sequence; every"
                + " row needs at least one time step. Mend the row, or set handleInvalid to"
                + " \"skip\" or \"keep\".");
  }

  @Test
  void labelThatTheModelDoesNotKnow() {
    assertThat(
            catchThrowable(
                () -> model().evaluate(row17(new int[] {1, 3}, new String[] {"O", "B-X"}))))
        .hasStackTraceContaining(
            "RnnTaggingModel: column \"label\": the row with id 17 holds \"B-X\" at time step 1,"
                + " which is none of the 5 classes of the fit (B-A, B-B, I-A, I-B, O)."
                + MEND);
  }

  @Test
  void numberThatIsNoLabel() {
    Dataset<Row> numbers = TagRows.numbers(spark, 40);
    fitting(
            numbers.selectExpr(
                "id",
                "features",
                "transform(label, (tag, t) -> if(id = 17 AND t = 1, double('NaN'), tag)) AS label"))
        .isEqualTo(
            "RnnTagger: column \"label\": the row with id 17 holds NaN at time step 1, which is none"
                + " of the 5 classes of the fit (-7, 3, 13, 23, 33)."
                + MEND);
    fitting(numbers.selectExpr("features", "transform(label, tag -> 0.5D + tag) AS label"))
        .isEqualTo(
            "RnnTagger: column \"label\" (labelCol) holds -6.5; classes must be whole numbers of at"
                + " most 2 to the power of 53. Round the numbers of the column.");
  }

  @Test
  void labelsOfAnotherKindThanInTheFit() {
    messageOf(() -> model().evaluate(TagRows.numbers(spark, 20)))
        .isEqualTo(
            "RnnTaggingModel: column \"label\" (labelCol) is array<bigint>; it must be an array whose"
                + " elements are each a text as in the fit. Cast it, or set labelCol to another"
                + " column.");
  }

  @Test
  void fewerThanTwoLabels() {
    fitting(texts().selectExpr("features", "transform(label, tag -> 'O') AS label"))
        .isEqualTo(
            "RnnTagger: column \"label\" (labelCol) holds only the label O; at least two classes"
                + " are needed. Check labelCol and the rows.");
    fitting(texts().selectExpr("features", "transform(label, tag -> string(NULL)) AS label"))
        .isEqualTo(
            "RnnTagger: column \"label\" (labelCol) holds no label; at least two classes are"
                + " needed. Check labelCol and the rows.");
  }

  @Test
  void weights() {
    Dataset<Row> weighed = texts().selectExpr("*", "string(id) AS w");
    messageOf(() -> TagRows.small().setWeightCol("w").fit(weighed))
        .isEqualTo(
            "RnnTagger: column \"w\" (weightCol) is string; it must be a number, or an array of"
                + " numbers with one for each time step. Cast it, or clear weightCol.");
    Dataset<Row> short17 =
        texts().selectExpr("*", "transform(if(id = 17, array('O'), label), tag -> 1D) AS w");
    messageOf(() -> TagRows.small().setWeightCol("w").fit(short17))
        .isEqualTo(
            "RnnTagger: column \"w\": the row with id 17 has 1 weights and 6 time steps; every time"
                + " step needs one."
                + MEND);
    assertThat(catchThrowable(() -> model().setWeightCol("w").evaluate(short17)))
        .hasStackTraceContaining(
            "RnnTaggingModel: the row with id 17 has 1 weights and 6 time steps; every time step"
                + " needs one. Mend the row.");
    Dataset<Row> negative17 =
        texts().selectExpr("*", "transform(label, (tag, t) -> if(id = 17, 2D - t, 1D)) AS w");
    messageOf(() -> TagRows.small().setWeightCol("w").fit(negative17))
        .isEqualTo(
            "RnnTagger: column \"w\": the row with id 17 has weight -1.0 at time step 3; weights"
                + " must be finite in float32 and not negative."
                + MEND);
    assertThat(catchThrowable(() -> model().setWeightCol("w").evaluate(negative17)))
        .hasStackTraceContaining(
            "RnnTaggingModel: the row with id 17 has the weight -1.0 at time step 3; it must be a"
                + " finite number of at least 0. Mend the row.");
  }

  @Test
  void weightsOfTimeStepsInAChain() {
    Dataset<Row> weighed = texts().selectExpr("*", "transform(label, tag -> 1D) AS w");
    String wanted =
        "column \"w\" (weightCol) is array<double>; it must be a number where crf is true, because"
            + " all labels of a sequence then have one loss. Set weightCol to a column with a number"
            + " for each row, or crf to false.";
    messageOf(() -> TagRows.small().setCrf(true).setWeightCol("w").fit(weighed))
        .isEqualTo("RnnTagger: " + wanted);
    RnnTaggingModel model = TagRows.small().setEpochs(0).setCrf(true).fit(texts());
    messageOf(() -> model.setWeightCol("w").evaluate(weighed))
        .isEqualTo("RnnTaggingModel: " + wanted);
  }

  @Test
  void pooledTimeSteps() {
    messageOf(() -> TagRows.small().setPooling("mean").fit(texts()))
        .isEqualTo(
            "RnnTagger: pooling is \"mean\", and a tagger predicts a label for every time step, of"
                + " which none may be pooled. Clear pooling.");
  }

  @Test
  void columnsTaken() {
    messageOf(() -> TagRows.small().setProbabilityCol("id").fit(texts()))
        .isEqualTo(
            "RnnTagger: the data already has a column \"id\" (probabilityCol); it would be"
                + " overwritten. Drop or rename it, or set probabilityCol to another name.");
    messageOf(() -> model().setPredictedLabelCol("prediction").transform(texts()))
        .isEqualTo(
            "RnnTaggingModel: two columns are to be named \"prediction\", one of them by"
                + " predictedLabelCol; all need names of their own. Set predictedLabelCol to another"
                + " name.");
  }

  @Test
  void nothingToEvaluate() {
    String needed =
        "RnnTaggingModel: no row is left to evaluate, or all weigh 0; at least one needs a sequence,"
            + " a label and a weight above 0. Check labelCol \"label\".";
    messageOf(() -> model().evaluate(texts().limit(0))).isEqualTo(needed);
    messageOf(
            () ->
                model()
                    .evaluate(
                        texts()
                            .selectExpr(
                                "features", "transform(label, tag -> string(NULL)) AS label")))
        .isEqualTo(needed);
  }

  @Test
  void modelWithoutANetwork() {
    assertThat(catchThrowable(() -> new RnnTaggingModel().labels()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "RnnTaggingModel: this model has no network; it comes from a constructor. Take a model"
                + " from the fit of an estimator or from RnnTaggingModel.load.");
  }

  @Test
  void sequenceOfOneByHand() {
    messageOf(() -> model().predictLabels(new float[][] {{1, 2}}))
        .isEqualTo(
            "RnnTaggingModel: time step 0 of the sequence has 2 features; the model needs 1.");
  }

  @Test
  void streamToFit() {
    fitting(
            spark
                .readStream()
                .format("rate")
                .load()
                .selectExpr("array(1D) AS features", "array('O') AS label"))
        .isEqualTo(
            "RnnTagger: the data is a stream; a fit needs data that ends. Fit on a table or on"
                + " files, then transform the stream.");
  }

  @Test
  void directoryOfAnotherModel(@TempDir Path directory) throws IOException {
    String path = directory.resolve("model").toString();
    model().save(path);
    messageOf(() -> RnnClassificationModel.load(path))
        .isEqualTo(
            "RnnClassificationModel at "
                + path
                + ": the directory holds a sparkrnn.ml.RnnTaggingModel. Load it with that class.");
  }

  @Test
  void directoryThatLostALabel(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("model");
    model().save(path.toString());
    SavedDescription.edit(path, "\"B-A\", \"B-B\"", "\"B-A\"");
    messageOf(() -> RnnTaggingModel.load(path.toString()))
        .isEqualTo(
            "RnnTaggingModel at "
                + path
                + ": model.json is not the JSON of a model; it is cut short or edited. Save the"
                + " model again.");
  }
}
