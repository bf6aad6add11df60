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

/** What is kept of a model of classes on disk, and that it predicts streams like tables. */
@ExtendWith(LocalSpark.class)
final class ClassPersistenceTest {

  private final SparkSession spark;

  ClassPersistenceTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void loadedModelsOfAllKindsOfLabelsPredictTheSame(@TempDir Path directory) throws IOException {
    for (Dataset<Row> data :
        List.of(
            ClassRows.texts(spark, 40),
            ClassRows.numbers(spark, 40, 3),
            ClassRows.arrays(spark, 40))) {
      RnnClassificationModel model =
          ClassRows.small().setLabelSmoothing(0.1).setValidationFraction(0.3).fit(data);
      String path =
          directory.resolve(data.schema().apply("label").dataType().typeName()).toString();
      model.save(path);
      RnnClassificationModel loaded = RnnClassificationModel.load(path);
      assertThat(loaded.labels()).containsExactly(model.labels());
      assertThat(predictions(loaded, data)).isEqualTo(predictions(model, data));
      assertThat(loaded.summary().accuracy()).isEqualTo(model.summary().accuracy());
      assertThat(loaded.summary().validationAccuracy())
          .isEqualTo(model.summary().validationAccuracy())
          .isPresent();
      assertThat(loaded.evaluate(data).loss()).isEqualTo(model.evaluate(data).loss());
      assertThat(loaded.describe()).isEqualTo(model.describe());
    }
  }

  @Test
  void pipelinesAreSavedAndLoaded(@TempDir Path directory) throws IOException {
    Dataset<Row> data = ClassRows.texts(spark, 40);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {ClassRows.small()});
    PipelineModel model = pipeline.fit(data);
    model.save(directory.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("model").toString());
    assertThat(predictions(loaded, data)).isEqualTo(predictions(model, data));
  }

  @Test
  void regressionsFromBeforeThereWereClassifiersStillLoad(@TempDir Path directory)
      throws IOException {
    Dataset<Row> data = SequenceRows.means(spark, 40);
    RnnRegressionModel model = SequenceRows.small().fit(data);
    Path path = directory.resolve("model");
    model.save(path.toString());
    String older = SavedDescription.edit(path, "\\s*\"classes\" : null,", "");
    assertThat(older).doesNotContain("classes");
    assertThat(predictions(RnnRegressionModel.load(path.toString()), data))
        .isEqualTo(predictions(model, data));
  }

  @Test
  void streamedPredictionsEqualThoseOfATable(@TempDir Path directory) throws Exception {
    Dataset<Row> data = ClassRows.texts(spark, 30);
    RnnClassificationModel model = ClassRows.small().fit(data).setPredictedLabelCol("guess");
    String input = directory.resolve("in").toString();
    data.write().json(input);
    Dataset<Row> stream = spark.readStream().schema(data.schema()).json(input);
    StreamingQuery query =
        model
            .transform(stream)
            .writeStream()
            .format("memory")
            .queryName("classes")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(query.exception().isEmpty()).isTrue();
    assertThat(spark.table("classes").orderBy("id").collectAsList())
        .hasSize(30)
        .isEqualTo(model.transform(data).orderBy("id").collectAsList());
  }

  private static List<Row> predictions(Transformer model, Dataset<Row> data) {
    return model.transform(data).orderBy("id").drop("features", "label").collectAsList();
  }
}
