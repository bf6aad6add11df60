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
