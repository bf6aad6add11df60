package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** Several columns of sequences side by side, and vectors learnt for ids. */
@ExtendWith(LocalSpark.class)
final class FeatureColumnsTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("words", DataTypes.createArrayType(DataTypes.IntegerType))
          .add("loud", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("label", DataTypes.StringType);

  @TempDir private Path directory;
  private final SparkSession spark;

  FeatureColumnsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Whether a loud even word is in the sequence: neither column tells it alone, and as a number an
   * id says little of being even.
   */
  private Dataset<Row> rows(int count, int seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      int length = 2 + random.nextInt(4);
      Integer[] words = new Integer[length];
      Double[] loud = new Double[length];
      boolean found = false;
      for (int t = 0; t < length; t++) {
        words[t] = random.nextInt(8);
        loud[t] = (double) random.nextInt(2);
        found |= words[t] % 2 == 0 && loud[t] == 1;
      }
      rows.add(RowFactory.create(id, words, loud, found ? "yes" : "no"));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static RnnClassifier classifier() {
    return new RnnClassifier()
        .setFeaturesCols("words", "loud")
        .setEmbeddingSizes(6, 0)
        .setCell("gru")
        .setUnits(12)
        .setPooling("max")
        .setLearningRate(0.02)
        .setBatchSize(16)
        .setEpochs(20)
        .setSeed(2);
  }

  @Test
  void learnsWhatOnlyBothColumnsTell() {
    RnnClassificationModel model = classifier().fit(rows(600, 1));
    RnnClassificationSummary test = model.evaluate(rows(300, 2));
    assertThat(test.majorityAccuracy()).isLessThan(0.75);
    assertThat(test.accuracy()).isGreaterThan(0.93);
    assertThat(model.weights().get("embedding_0/embeddings")).hasSize(8 * 6);
    assertThat(model.describe()).contains("embedding_0 (Embedding)", "(None, None, 6)", "48");
  }

  @Test
  void savedModelReadsBothColumns() throws IOException {
    Dataset<Row> data = rows(60, 1);
    RnnClassificationModel model = classifier().setEpochs(1).fit(data);
    model.save(directory.resolve("model").toString());
    RnnClassificationModel loaded =
        RnnClassificationModel.load(directory.resolve("model").toString());
    assertThat(loaded.transform(data).collectAsList())
        .isEqualTo(model.transform(data).collectAsList());
    assertThat(loaded.getFeaturesCols()).containsExactly("words", "loud");
  }

  /** What a column of one array gives, and two columns of one feature each, is the same network. */
  @Test
  void columnsSideBySideAreOneColumnOfArrays() {
    Dataset<Row> data = rows(60, 1);
    Dataset<Row> joined =
        data.withColumn(
            "features", functions.expr("transform(words, (w, t) -> array(double(w), loud[t]))"));
    RnnClassifier classifier = classifier().setEpochs(2);
    RnnClassifier ofOne =
        new RnnClassifier(classifier.uid())
            .setEmbeddingSizes(6, 0)
            .setCell("gru")
            .setUnits(12)
            .setPooling("max")
            .setLearningRate(0.02)
            .setBatchSize(16)
            .setEpochs(2)
            .setSeed(2);
    assertThat(ofOne.fit(joined).weights().get("dense/kernel"))
        .containsExactly(classifier.fit(data).weights().get("dense/kernel"));
  }

  @Test
  void vocabularyThatIsGivenIsLargerThanTheData() {
    RnnClassificationModel model =
        classifier().setVocabularySizes(20, 0).setEpochs(0).fit(rows(40, 1));
    assertThat(model.weights().get("embedding_0/embeddings")).hasSize(20 * 6);
    Dataset<Row> other =
        rows(1, 1).withColumn("words", functions.expr("transform(words, w -> 19)"));
    assertThat(model.transform(other).head().isNullAt(4)).isFalse();
  }

  private Dataset<Row> vectors(String sql) {
    return spark.sql("SELECT id, " + sql + " AS vector FROM VALUES (3), (5) AS t(id)");
  }

  /** Frozen, they are in the model as they were given; other ids begin as without them. */
  @Test
  void embeddingBeginsWithGivenVectors() {
    RnnClassifier classifier =
        classifier()
            .setEpochs(2)
            .setEmbeddingVectors(0, vectors("transform(sequence(1, 6), i -> i / 10 + id)"))
            .setFrozenLayers("embedding_0");
    float[] table = classifier.fit(rows(60, 1)).weights().get("embedding_0/embeddings");
    float[] without =
        classifier().setEpochs(0).fit(rows(60, 1)).weights().get("embedding_0/embeddings");
    for (int id = 0; id < 8; id++) {
      for (int j = 0; j < 6; j++) {
        float expected = id == 3 || id == 5 ? (float) ((j + 1) / 10.0 + id) : without[id * 6 + j];
        assertThat(table[id * 6 + j]).isEqualTo(expected);
      }
    }
  }

  @Test
  void vectorsThatDoNotFit() {
    Dataset<Row> data = rows(60, 1);
    assertRefused(
        data,
        classifier().setEmbeddingVectors(0, vectors("array(1, 2)")),
        "RnnClassifier: the embedding vector for the id 3 of feature 0 has 2 numbers and"
            + " embeddingSizes is [6, 0]; both must be the same. Set embeddingSizes to the size of"
            + " the vectors.");
    assertRefused(
        data,
        classifier().setEmbeddingVectors(1, vectors("array(1, 2)")),
        "RnnClassifier: there are embedding vectors for feature 1 and embeddingSizes is [6, 0]; the"
            + " feature has no embedding. Set its size in embeddingSizes to that of the vectors.");
    assertRefused(
        data,
        classifier()
            .setEmbeddingVectors(0, spark.sql("SELECT 9 AS id, array(1, 2, 3, 4, 5, 6) AS vector")),
        "RnnClassifier: there is an embedding vector for the id 9 of feature 0, whose ids are 0 to"
            + " 7. Set vocabularySizes, or leave the row out.");
    assertThatThrownBy(() -> classifier().setEmbeddingVectors(0, spark.sql("SELECT 'a' AS word")))
        .hasMessageStartingWith(
            "RnnClassifier: there is no column \"vector\" (setEmbeddingVectors) in the data;");
    assertThatThrownBy(
            () ->
                classifier()
                    .setEmbeddingVectors(0, spark.sql("SELECT 1.5D AS id, array(1) AS vector")))
        .hasMessage(
            "RnnClassifier: a row of the embedding vectors has the id 1.5; it must be a whole number"
                + " of at least 0.");
    assertThatThrownBy(
            () ->
                classifier()
                    .setEmbeddingVectors(
                        0, spark.sql("SELECT 1 AS id, array(double('NaN')) AS vector")))
        .hasMessage(
            "RnnClassifier: the embedding vector of the id 1 holds NaN at time step 0, feature 0;"
                + " values must be finite.");
    assertThatThrownBy(
            () ->
                classifier()
                    .setEmbeddingVectors(
                        0, spark.sql("SELECT 1 AS id, array(1) AS vector FROM VALUES (1), (2)")))
        .hasMessage(
            "RnnClassifier: the embedding vectors have two rows of the id 1; each may have one.");
  }

  private void assertRefused(Dataset<Row> data, RnnClassifier classifier, String sentence) {
    assertThatThrownBy(() -> classifier.fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void columnsOfDifferentLengths() {
    assertRefused(
        rows(40, 1).withColumn("loud", functions.expr("IF(id = 17, array(1D), loud)")),
        classifier(),
        "RnnClassifier: column \"loud\": the row with id 17 has 1 time steps and 5 in column"
            + " \"words\"; all feature columns of a row need as many. Mend the row, or set"
            + " handleInvalid to \"skip\".");
  }

  @Test
  void idThatIsNoWholeNumber() {
    assertRefused(
        rows(40, 1)
            .withColumn("words", functions.expr("transform(words, w -> IF(id = 17, 0.5, w))")),
        classifier(),
        "RnnClassifier: column \"words\": the row with id 17 holds 0.5 at time step 0, feature 0;"
            + " ids of an embedding must be whole numbers from 0 to 16777215. Mend the row, or set"
            + " handleInvalid to \"skip\".");
  }

  @Test
  void idBeyondTheVocabularyInFitAndTransform() {
    Dataset<Row> beyond =
        rows(40, 1).withColumn("words", functions.expr("transform(words, w -> IF(id = 17, 9, w))"));
    assertRefused(
        beyond,
        classifier().setVocabularySizes(8, 0),
        "RnnClassifier: column \"words\": the row with id 17 holds 9.0 at time step 0, feature 0;"
            + " ids of an embedding must be whole numbers from 0 to 7. Mend the row, or set"
            + " handleInvalid to \"skip\".");
    RnnClassificationModel model = classifier().setEpochs(0).fit(rows(60, 1));
    assertThatThrownBy(() -> model.transform(beyond).collectAsList())
        .hasStackTraceContaining(
            "RnnClassificationModel: column \"words\": the row with id 17 holds 9.0 at time step 0,"
                + " feature 0; ids of an embedding must be whole numbers from 0 to 7.");
    assertThat(model.setHandleInvalid("skip").transform(beyond).count()).isEqualTo(39);
  }

  @Test
  void oneSizeForTwoFeatures() {
    assertRefused(
        rows(40, 1),
        classifier().setEmbeddingSizes(6),
        "RnnClassifier: embeddingSizes has 1 numbers and a time step has 2 features; one is needed"
            + " for each, 0 for a feature that is a number. Set embeddingSizes so.");
  }

  @Test
  void paramsThatDoNotGoTogether() {
    Dataset<Row> data = rows(40, 1);
    assertRefused(
        data,
        classifier().setFeaturesCol("words"),
        "RnnClassifier: featuresCol is \"words\" and featuresCols is [words, loud]; only one of them"
            + " may name the sequences. Clear one of them.");
    assertRefused(
        data,
        classifier().setVocabularySizes(8),
        "RnnClassifier: vocabularySizes is [8] and embeddingSizes is [6, 0]; both need a number for"
            + " each feature. Set both, or clear vocabularySizes.");
    assertRefused(
        data,
        classifier().setVocabularySizes(8, 3),
        "RnnClassifier: vocabularySizes is [8, 3] and embeddingSizes is [6, 0]; feature 1 has a"
            + " vocabulary and no embedding. Set its embedding size above 0, or its vocabulary size"
            + " to 0.");
    assertThatThrownBy(() -> classifier().setFeaturesCols("words", "words"))
        .hasMessage(
            "RnnClassifier: featuresCols is [words, words]; it must hold names of columns, each"
                + " once.");
    assertThatThrownBy(() -> classifier().setEmbeddingSizes(4, -1))
        .hasMessage(
            "RnnClassifier: embeddingSizes is [4, -1]; all must be whole numbers of at least 0.");
    assertRefused(
        data.drop("loud"),
        classifier(),
        "RnnClassifier: there is no column \"loud\" (featuresCols) in the data; it has \"id\","
            + " \"words\", \"label\". Set featuresCols to one of them.");
  }
}
