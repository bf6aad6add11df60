package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** What is kept of a tagger on disk, and that it predicts streams like tables. */
@ExtendWith(LocalSpark.class)
final class TagPersistenceTest {

  private final SparkSession spark;

  TagPersistenceTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void loadedModelsOfBothKindsOfLabelsPredictTheSame(@TempDir Path directory) throws IOException {
    int number = 0;
    for (Dataset<Row> data : List.of(TagRows.texts(spark, 40), TagRows.numbers(spark, 40))) {
      RnnTaggingModel model =
          TagRows.small()
              .setBidirectional(true)
              .setValidationFraction(0.3)
              .setProbabilityCol("probability")
              .setPredictedLabelCol("guess")
              .fit(data);
      String path = directory.resolve("model" + number++).toString();
      model.save(path);
      RnnTaggingModel loaded = RnnTaggingModel.load(path);
      assertThat(loaded.labels()).containsExactly(model.labels());
      assertThat(predictions(loaded, data)).isEqualTo(predictions(model, data));
      assertThat(loaded.summary().accuracy()).isEqualTo(model.summary().accuracy());
      assertThat(loaded.summary().validationAccuracy())
          .isEqualTo(model.summary().validationAccuracy())
          .isPresent();
      assertThat(loaded.summary().entityF1()).isEqualTo(model.summary().entityF1());
      assertThat(loaded.summary().validationEntityF1())
          .isEqualTo(model.summary().validationEntityF1());
      assertThat(loaded.evaluate(data).loss()).isEqualTo(model.evaluate(data).loss());
      assertThat(loaded.describe()).isEqualTo(model.describe());
    }
  }

  @Test
  void loadedChainsPredictTheSame(@TempDir Path directory) throws IOException {
    Dataset<Row> data = TagRows.texts(spark, 40);
    RnnTaggingModel model =
        TagRows.learning().setEpochs(2).setCrf(true).setProbabilityCol("probability").fit(data);
    String path = directory.resolve("model").toString();
    model.save(path);
    RnnTaggingModel loaded = RnnTaggingModel.load(path);
    assertThat(loaded.getCrf()).isTrue();
    assertThat(predictions(loaded, data)).isEqualTo(predictions(model, data));
    assertThat(loaded.evaluate(data).loss()).isEqualTo(model.evaluate(data).loss());
    assertThat(loaded.weights().get("crf/transitions"))
        .isEqualTo(model.weights().get("crf/transitions"));
    assertThat(loaded.encoder().transform(data).select("encoding").collectAsList())
        .isEqualTo(model.encoder().transform(data).select("encoding").collectAsList());
  }

  @Test
  void modelsFromBeforeThereWereChainsStillLoad(@TempDir Path directory) throws IOException {
    Dataset<Row> data = SequenceRows.means(spark, 40);
    RnnRegressionModel model = SequenceRows.small().fit(data);
    Path path = directory.resolve("model");
    model.save(path.toString());
    String older = SavedDescription.edit(path, ",\\s*\"crf\" : false", "");
    assertThat(older).doesNotContain("crf");
    assertThat(predictions(RnnRegressionModel.load(path.toString()), data))
        .isEqualTo(predictions(model, data));
  }

  @Test
  void pipelinesAreSavedAndLoaded(@TempDir Path directory) throws IOException {
    Dataset<Row> data = TagRows.texts(spark, 40);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {TagRows.small()});
    PipelineModel model = pipeline.fit(data);
    model.save(directory.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("model").toString());
    assertThat(predictions(loaded, data)).isEqualTo(predictions(model, data));
  }

  @Test
  void streamedPredictionsEqualThoseOfATable(@TempDir Path directory) throws Exception {
    Dataset<Row> data = TagRows.texts(spark, 30);
    RnnTaggingModel model =
        TagRows.small()
            .fit(data)
            .setPredictedLabelCol("guess")
            .setProbabilityCol("probability")
            .setRawPredictionCol("raw");
    String input = directory.resolve("in").toString();
    data.write().json(input);
    Dataset<Row> stream = spark.readStream().schema(data.schema()).json(input);
    StreamingQuery query =
        model
            .transform(stream)
            .writeStream()
            .format("memory")
            .queryName("tags")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(query.exception().isEmpty()).isTrue();
    assertThat(spark.table("tags").orderBy("id").collectAsList())
        .hasSize(30)
        .isEqualTo(model.transform(data).orderBy("id").collectAsList());
  }

  private static List<Row> predictions(Transformer model, Dataset<Row> data) {
    return model.transform(data).orderBy("id").drop("features", "label").collectAsList();
  }
}
