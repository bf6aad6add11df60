package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnRegressor;

/** The stages in front of an RNN, in one pipeline. */
@ExtendWith(LocalSpark.class)
final class FeaturePipelineTest {

  private final SparkSession spark;

  FeaturePipelineTest(SparkSession spark) {
    this.spark = spark;
  }

  private static RnnRegressor regressor() {
    return new RnnRegressor().setUnits(4).setEpochs(2).setBatchSize(8).setSeed(5);
  }

  private static PipelineModel fittedAndReloaded(
      Dataset<Row> data, Path directory, PipelineStage stage) throws IOException {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage, regressor()});
    String unfitted = directory.resolve("pipeline").toString();
    pipeline.save(unfitted);
    String fitted = directory.resolve("model").toString();
    Pipeline.load(unfitted).fit(data).save(fitted);
    return PipelineModel.load(fitted);
  }

  @Test
  void windowsFeedARegressor(@TempDir Path directory) throws IOException {
    Dataset<Row> waves =
        spark.sql(
            """
            SELECT key, t, sin(t / 3 + key) AS a, cos(t / 3 + key) AS b
            FROM (SELECT id % 3 AS key, id AS t FROM range(90))""");
    SlidingWindow stage =
        new SlidingWindow()
            .setKeyCols("key")
            .setTimeCol("t")
            .setTimeStep("3")
            .setValueCols("a", "b")
            .setWindowSize(5)
            .setHorizon(2);
    PipelineModel model = fittedAndReloaded(waves, directory, stage);
    Dataset<Row> predicted = model.transform(waves);
    assertThat(predicted.columns())
        .containsExactly(
            "key", "windowStart", "windowEnd", "targetTime", "features", "label", "prediction");
    List<Row> rows = predicted.collectAsList();
    assertThat(rows).hasSize(3 * (30 - 5 - 2 + 1));
    assertThat(rows)
        .allSatisfy(
            row -> assertThat((List<?>) SeriesRows.plain(row.getAs("prediction"))).hasSize(2));
  }

  /** The small version of conf/digits.conf: tones that rise or fall, in noise. */
  @Test
  void soundsAreClassified(@TempDir Path directory) throws IOException {
    java.util.Random random = new java.util.Random(3);
    List<Row> sounds = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      boolean rises = i % 2 == 0;
      int samples = 1200 + random.nextInt(800);
      float[] tone = new float[samples];
      double phase = 0;
      for (int t = 0; t < samples; t++) {
        double way = (double) t / samples;
        phase += 2 * Math.PI * (500 + 1500 * (rises ? way : 1 - way)) / 8000;
        tone[t] = (float) (0.3 * Math.sin(phase) + 0.05 * random.nextGaussian());
      }
      sounds.add(
          org.apache.spark.sql.RowFactory.create(
              SoundFiles.wav(8000, 16, 1, tone), rises ? "rises" : "falls"));
    }
    Dataset<Row> data =
        spark.createDataFrame(
            sounds,
            new org.apache.spark.sql.types.StructType()
                .add("content", org.apache.spark.sql.types.DataTypes.BinaryType)
                .add("label", org.apache.spark.sql.types.DataTypes.StringType));
    PipelineStage[] stages = {
      new AudioFeatures().setInputCol("content").setOutputCol("frames").setSampleRate(8000),
      new SequenceScaler().setInputCol("frames").setOutputCol("features"),
      new sparkrnn.ml.RnnClassifier()
          .setCell("gru")
          .setUnits(12)
          .setLearningRate(0.02)
          .setBatchSize(10)
          .setEpochs(12)
          .setPredictedLabelCol("guess")
          .setSeed(1)
    };
    new Pipeline().setStages(stages).fit(data.limit(60)).save(directory.resolve("m").toString());
    Dataset<Row> guessed =
        PipelineModel.load(directory.resolve("m").toString()).transform(data.offset(60));
    assertThat(guessed.count()).isEqualTo(20);
    // The floor is one half.
    assertThat(guessed.filter("guess = label").count()).isGreaterThanOrEqualTo(18);
  }

  @Test
  void sequencesFeedARegressor(@TempDir Path directory) throws IOException {
    Dataset<Row> events =
        spark.sql(
            """
            SELECT id % 20 AS user, id AS at, sin(id) AS v, double(id % 20) AS score
            FROM range(100) WHERE id % 20 > id % 7""");
    SequenceAssembler stage =
        new SequenceAssembler()
            .setKeyCols("user")
            .setTimeCol("at")
            .setValueCols("v")
            .setCarryCols("score");
    Dataset<Row> sequences = stage.transform(events).withColumnRenamed("score", "label");
    List<Object> predictions = new ArrayList<>();
    regressor()
        .fit(sequences)
        .transform(sequences)
        .collectAsList()
        .forEach(row -> predictions.add(row.getAs("prediction")));
    assertThat(predictions).hasSize((int) events.select("user").distinct().count());
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {stage, regressor().setLabelCol("score")});
    String path = directory.resolve("model").toString();
    pipeline.fit(events).save(path);
    assertThat(PipelineModel.load(path).transform(events).columns())
        .containsExactly("user", "score", "features", "prediction");
  }
}
