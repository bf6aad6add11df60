package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** The vectors that any stage of Spark ML can go on with. */
@ExtendWith(LocalSpark.class)
final class RnnEncoderTest {

  @TempDir private Path directory;
  private final SparkSession spark;

  RnnEncoderTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The head on the encoding is the model. */
  @Test
  void denseLayerOnTheEncodingGivesTheOutputs() {
    Dataset<Row> data = ClassRows.texts(spark, 40);
    for (String pooling : List.of("last", "mean", "max")) {
      RnnClassificationModel model =
          ClassRows.small().setCell("gru").setBidirectional(true).setPooling(pooling).fit(data);
      float[] kernel = model.weights().get("dense/kernel");
      float[] bias = model.weights().get("dense/bias");
      assertThat(model.encoder().encodingSize()).isEqualTo(16);
      for (Row row : model.encoder().transform(model.transform(data)).collectAsList()) {
        Vector encoding = row.getAs("encoding");
        Vector raw = row.getAs("rawPrediction");
        for (int k = 0; k < 3; k++) {
          double output = bias[k];
          for (int j = 0; j < 16; j++) {
            output += encoding.apply(j) * kernel[j * 3 + k];
          }
          assertThat(output).isCloseTo(raw.apply(k), within(1e-5));
        }
      }
    }
  }

  @Test
  void clustersOfEncodingsAreTheClasses() {
    Dataset<Row> data = ClassRows.texts(spark, 150);
    RnnEncoder encoder = ClassRows.learning().fit(data).encoder().setOutputCol("way");
    Dataset<Row> encoded = encoder.transform(data);
    assertThat(encoded.schema().apply("way").dataType()).isEqualTo(SQLDataTypes.VectorType());
    Dataset<Row> clustered =
        new KMeans().setFeaturesCol("way").setK(3).setSeed(1).fit(encoded).transform(encoded);
    long right =
        clustered.groupBy("prediction", "label").count().collectAsList().stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    row -> row.getInt(0),
                    java.util.stream.Collectors.reducing(0L, row -> row.getLong(2), Math::max)))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    assertThat(right).isGreaterThan(120);
  }

  @Test
  void worksInAPipelineAndAfterLoading() throws IOException {
    Dataset<Row> data = ClassRows.texts(spark, 40);
    RnnEncoder encoder = ClassRows.small().fit(data).encoder();
    List<Row> expected = encoder.transform(data).collectAsList();
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {encoder}).fit(data);
    pipeline.save(directory.resolve("pipeline").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("pipeline").toString());
    assertThat(loaded.transform(data).collectAsList()).isEqualTo(expected);
    encoder.save(directory.resolve("encoder").toString());
    RnnModel<?> any = RnnModel.loadAny(directory.resolve("encoder").toString());
    assertThat(any).isInstanceOf(RnnEncoder.class);
    assertThat(any.transform(data).collectAsList()).isEqualTo(expected);
    assertThat(encoder.encode(data.head())).isEqualTo(expected.get(0).<Vector>getAs("encoding"));
  }

  /** Of a language model the same texts, of a tagger the last output of each direction. */
  @Test
  void encodesTextsAndTaggedSequences() throws IOException {
    Dataset<Row> texts =
        spark.sql("SELECT repeat('abcab', 40) AS text UNION ALL SELECT repeat('cba', 60)");
    RnnTextModel model =
        new RnnLanguageModel()
            .setFeaturesCol("text")
            .setEmbeddingSizes(4)
            .setUnits(6)
            .setBpttLength(10)
            .setBatchSize(2)
            .setEpochs(1)
            .setSeed(1)
            .fit(texts);
    RnnEncoder encoder = model.encoder();
    List<Row> expected = encoder.transform(texts).collectAsList();
    assertThat(expected)
        .allSatisfy(row -> assertThat(row.<Vector>getAs("encoding").size()).isEqualTo(6));
    assertThat(expected.get(0).<Vector>getAs("encoding"))
        .isNotEqualTo(expected.get(1).<Vector>getAs("encoding"));
    assertThat(encoder.encode(texts.head())).isEqualTo(expected.get(0).<Vector>getAs("encoding"));
    encoder.save(directory.resolve("texts").toString());
    assertThat(
            RnnEncoder.load(directory.resolve("texts").toString()).transform(texts).collectAsList())
        .isEqualTo(expected);
    assertThatThrownBy(() -> encoder.transform(spark.sql("SELECT array('a') AS text")))
        .hasMessage(
            "RnnEncoder: column \"text\" (featuresCol) holds words and the model was trained on"
                + " characters. Set featuresCol to such a column.");

    Dataset<Row> tagged =
        spark.sql(
            "SELECT array(1D, 2D, id) AS features, array('a', 'b', 'a') AS label FROM range(20)");
    RnnTaggingModel tagger =
        new RnnTagger().setUnits(5).setBidirectional(true).setBatchSize(4).setEpochs(0).fit(tagged);
    assertThat(tagger.encoder().encode(tagged.head()).size()).isEqualTo(10);
  }

  @Test
  void takenColumnAndEmptyEncoderAreRefused() {
    Dataset<Row> data = ClassRows.texts(spark, 20);
    RnnEncoder encoder = ClassRows.small().setEpochs(0).fit(data).encoder();
    assertThatThrownBy(() -> encoder.setOutputCol("label").transform(data))
        .hasMessage(
            "RnnEncoder: the data already has a column \"label\" (outputCol); it would be"
                + " overwritten. Drop or rename it, or set outputCol to another name.");
    assertThatThrownBy(() -> new RnnEncoder().transform(data))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("RnnEncoder: this model has no network;");
  }
}
