package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What users of language models read when something is wrong, side by side. */
@ExtendWith(LocalSpark.class)
final class LanguageErrorMessageTest {

  private final SparkSession spark;

  LanguageErrorMessageTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Of a mistake that is found on the driver, or in a task by Spark's own exception around it. */
  private static AbstractStringAssert<?> messageOf(ThrowingCallable act) {
    Throwable thrown = catchThrowable(act);
    while (thrown instanceof SparkException) {
      thrown = thrown.getCause();
    }
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    return assertThat(thrown.getMessage());
  }

  private Dataset<Row> texts() {
    return StreamRows.texts(spark, 3, 30);
  }

  private RnnTextModel model() {
    return StreamRows.small().setEpochs(0).fit(texts());
  }

  private AbstractStringAssert<?> fitting(RnnLanguageModel estimator) {
    return messageOf(() -> estimator.fit(texts()));
  }

  @Test
  void numbersOutOfRange() {
    messageOf(() -> new RnnLanguageModel().setBpttLength(0))
        .isEqualTo("RnnLanguageModel: bpttLength is 0; it must be a whole number of at least 1.");
    messageOf(() -> new RnnLanguageModel().setMinCount(0))
        .isEqualTo("RnnLanguageModel: minCount is 0; it must be a whole number of at least 1.");
    messageOf(() -> new RnnLanguageModel().setMaxVocabularySize(-1))
        .isEqualTo(
            "RnnLanguageModel: maxVocabularySize is -1; it must be a whole number of at least 0.");
    messageOf(() -> new RnnLanguageModel().setOutputDropout(1))
        .isEqualTo(
            "RnnLanguageModel: outputDropout is 1.0; it must be a finite number at least 0 and"
                + " below 1.");
    messageOf(() -> new RnnLanguageModel().setNatsCol(""))
        .isEqualTo("RnnLanguageModel: natsCol is \"\"; it must be the name of a column.");
  }

  @Test
  void samplingOutOfRange() {
    Sampling sampling = Sampling.ofSeed(1);
    messageOf(() -> sampling.withTemperature(0))
        .isEqualTo("Sampling: temperature is 0.0; it must be a finite number above 0.");
    messageOf(() -> sampling.withTemperature(Double.POSITIVE_INFINITY))
        .isEqualTo("Sampling: temperature is Infinity; it must be a finite number above 0.");
    messageOf(() -> sampling.withTopK(-1))
        .isEqualTo("Sampling: topK is -1; it must be at least 1, or 0 for all tokens.");
    messageOf(() -> sampling.withTopP(0))
        .isEqualTo("Sampling: topP is 0.0; it must be above 0 and at most 1.");
    messageOf(() -> sampling.withTopP(1.01))
        .isEqualTo("Sampling: topP is 1.01; it must be above 0 and at most 1.");
  }

  @Test
  void paramsThatHaveNoMeaning() {
    fitting(StreamRows.small().setLabelCol("id"))
        .isEqualTo(
            "RnnLanguageModel: labelCol is set, and a language model does not read it: its labels"
                + " are the tokens that follow. Clear labelCol.");
    fitting(StreamRows.small().setWeightCol("id")).contains("weightCol is set").contains("Clear");
    fitting(StreamRows.small().setPooling("max")).contains("pooling is set");
    fitting(StreamRows.small().setVocabularySizes(9))
        .isEqualTo(
            "RnnLanguageModel: featuresCols is [] and vocabularySizes is [9]; a language model reads"
                + " one column, of which it finds the vocabulary itself. Clear both and set"
                + " featuresCol.");
    fitting(StreamRows.small().setGradientCheckpointing(true).setBpttLength(30))
        .isEqualTo(
            "RnnLanguageModel: gradientCheckpointing is true; a language model reads pieces of"
                + " bpttLength tokens and holds no more of a stream. Set gradientCheckpointing to"
                + " false, and lower bpttLength (30) where memory is short.");
    fitting(StreamRows.small().setBidirectional(true))
        .isEqualTo(
            "RnnLanguageModel: bidirectional is true; what reads the tokens that are to be predicted"
                + " predicts nothing. Set bidirectional to false.");
    fitting(StreamRows.small().setOptimizer("lbfgs"))
        .isEqualTo(
            "RnnLanguageModel: optimizer is \"lbfgs\", which needs whole sequences in each step; a"
                + " language model reads streams piece by piece. Set optimizer to \"adam\".");
  }

  @Test
  void embeddingsThatDoNotFit() {
    fitting(StreamRows.small().setEmbeddingSizes(4, 5))
        .isEqualTo(
            "RnnLanguageModel: embeddingSizes is [4, 5]; a language model needs one size of at least"
                + " 1. Set embeddingSizes, for example to 64.");
    fitting(StreamRows.small().setTieWeights(true).setUnits(9, 12))
        .isEqualTo(
            "RnnLanguageModel: tieWeights is true, embeddingSizes is 6 and the last of units is 12;"
                + " the outputs can use the table of the embedding only where both are the same. Set"
                + " embeddingSizes to 12, or tieWeights to false.");
  }

  @Test
  void columnsOfOtherTypes() {
    fitting(StreamRows.small().setFeaturesCol("id"))
        .isEqualTo(
            "RnnLanguageModel: column \"id\" (featuresCol) is bigint; it must be string"
                + " (characters), array<string> (words) or array<int> (ids). Cast it, or make ids of"
                + " it with TokenIndexer.");
    fitting(StreamRows.small().setFeaturesCol("words"))
        .startsWith("RnnLanguageModel: there is no column \"words\" (featuresCol) in the data;");
    fitting(StreamRows.small().setOrderCol("time"))
        .startsWith("RnnLanguageModel: there is no column \"time\" (orderCol) in the data;");
    fitting(StreamRows.small().setValidationIndicatorCol("id"))
        .isEqualTo(
            "RnnLanguageModel: column \"id\" (validationIndicatorCol) is bigint; it must be boolean."
                + " Cast it to boolean, or clear validationIndicatorCol.");
    fitting(StreamRows.small().setNatsCol("id"))
        .startsWith("RnnLanguageModel: the data already has a column \"id\" (natsCol);");
    messageOf(() -> model().transform(StreamRows.words(spark, 2, 4)))
        .isEqualTo(
            "RnnTextModel: column \"text\" (featuresCol) holds words and the model was trained on"
                + " characters. Set featuresCol to such a column.");
  }

  @Test
  void tooFewTokens() {
    messageOf(() -> StreamRows.small().fit(StreamRows.text(spark, "sea".repeat(20))))
        .isEqualTo(
            "RnnLanguageModel: column \"text\" (featuresCol) holds 60 tokens to train on; batchSize 6"
                + " lanes of at least bpttLength 10 need 60 and one more. Lower batchSize or"
                + " bpttLength, or give more text.");
    messageOf(
            () ->
                StreamRows.small()
                    .setValidationFraction(0.01)
                    .fit(StreamRows.text(spark, "sea".repeat(30))))
        .isEqualTo(
            "RnnLanguageModel: 0 tokens are held out for validation; at least 2 are needed. Raise"
                + " validationFraction, or give more text.");
    messageOf(
            () ->
                StreamRows.small()
                    .setValidationIndicatorCol("held")
                    .fit(texts().withColumn("held", functions.lit(false))))
        .isEqualTo(
            "RnnLanguageModel: 0 tokens are held out for validation; at least 2 are needed. Mark rows"
                + " in column \"held\" (validationIndicatorCol), or clear the param.");
  }

  @Test
  void emptyVocabulary() {
    String end = " time(s) (minCount). Check featuresCol and the rows, or lower minCount.";
    String begin =
        "RnnLanguageModel: the vocabulary is empty: column \"text\" (featuresCol) holds no token that"
            + " is found at least ";
    messageOf(() -> StreamRows.small().fit(StreamRows.text(spark, null)))
        .isEqualTo(begin + 1 + end);
    messageOf(() -> StreamRows.small().setMinCount(9999).fit(texts()))
        .isEqualTo(begin + 9999 + end);
    messageOf(() -> StreamRows.small().fit(StreamRows.ids(spark))).isEqualTo(begin + 1 + end);
  }

  @Test
  void rowsThatCanNotBeUsed() {
    messageOf(() -> StreamRows.small().fit(texts().union(StreamRows.text(spark, null))))
        .isEqualTo(
            "RnnLanguageModel: column \"text\": the row with id 7 holds null; every row needs at"
                + " least one token. Mend the row, or set handleInvalid to \"skip\".");
    messageOf(() -> StreamRows.small().fit(texts().union(StreamRows.text(spark, ""))))
        .contains("the row with id 7 holds no token; every row needs at least one.");
    messageOf(
            () ->
                StreamRows.small()
                    .fit(StreamRows.ids(spark, new int[] {1, 2}, new int[] {1, -4, 2})))
        .contains(
            "the row with id 1 holds -4 at place 1; ids of tokens must be whole numbers from 0");
    messageOf(() -> model().transform(StreamRows.text(spark, "sea X")).collectAsList())
        .isEqualTo(
            "RnnTextModel: column \"text\": the row with id 7 holds \"X\" at place 4, which is not"
                + " among the 12 tokens of the vocabulary. Mend the row, or set handleInvalid to"
                + " \"skip\" or \"keep\".");
    messageOf(() -> model().evaluate(StreamRows.text(spark, "s")))
        .isEqualTo(
            "RnnTextModel: no token is left to evaluate; at least one row needs two tokens. Check"
                + " featuresCol \"text\".");
  }

  @Test
  void promptsThatCanNotBeGoneOnFrom() {
    Sampling sampling = Sampling.ofSeed(1);
    RnnTextModel model = model();
    messageOf(() -> model.generate("", 3, sampling))
        .isEqualTo("RnnTextModel: the prompt is empty; it needs at least one token.");
    messageOf(() -> model.generate("seQ", 3, sampling))
        .isEqualTo(
            "RnnTextModel: the prompt holds \"Q\" at place 2, which is not among the 12 tokens of the"
                + " vocabulary.");
    messageOf(() -> model.generate("sea", -1, sampling))
        .isEqualTo("RnnTextModel: length is -1; it must be at least 0.");
    messageOf(() -> model.generate(List.of("sea"), 3, sampling))
        .isEqualTo(
            "RnnTextModel: the prompt holds words and the model was trained on characters. Give it"
                + " such a prompt.");
  }

  @Test
  void initialModelOfAnotherKind() {
    RnnRegressionModel other = SequenceRows.small().setEpochs(0).fit(SequenceRows.means(spark, 40));
    messageOf(() -> new RnnLanguageModel().setInitialModel(other))
        .isEqualTo(
            "RnnLanguageModel: the initial model is RnnRegressionModel; its vocabulary is needed too."
                + " Give a RnnTextModel.");
    messageOf(() -> StreamRows.small().setInitialModel(model()).fit(StreamRows.words(spark, 3, 50)))
        .isEqualTo(
            "RnnLanguageModel: column \"text\" (featuresCol) holds words and the model was trained on"
                + " characters. Set featuresCol to such a column.");
  }
}
