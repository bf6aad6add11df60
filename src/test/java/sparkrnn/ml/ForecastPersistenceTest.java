package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.LocalSpark;

/** What is kept of a forecaster on disk. */
@ExtendWith(LocalSpark.class)
final class ForecastPersistenceTest {

  private final SparkSession spark;

  ForecastPersistenceTest(SparkSession spark) {
    this.spark = spark;
  }

  private RnnForecaster forecaster() {
    return ForecastRows.small()
        .setFutureCovariateCols()
        .setPastCovariateCols("open", "price")
        .setSeasonalWeight(0.25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"point", "quantile", "studentT"})
  void loadedModelsForecastTheSame(String distribution, @TempDir Path directory)
      throws IOException {
    Dataset<Row> data = ForecastRows.shops(spark);
    RnnForecastModel model = forecaster().setDistribution(distribution).fit(data);
    for (RnnForecastModel each : List.of(model, model.calibrate(data, 2, ""))) {
      String path = directory.resolve("model" + each.isCalibrated()).toString();
      each.save(path);
      RnnForecastModel loaded = RnnForecastModel.load(path);
      assertThat(loaded.isCalibrated()).isEqualTo(each.isCalibrated());
      assertThat(loaded.seriesTimeStep()).isEqualTo("1 hours");
      assertThat(rows(loaded, data)).isEqualTo(rows(each, data)).hasSize(12);
      assertThat(loaded.summary().objectiveHistory()).isEqualTo(each.summary().objectiveHistory());
      assertThat(loaded.describe()).isEqualTo(each.describe());
    }
  }

  private static List<Row> rows(org.apache.spark.ml.Transformer model, Dataset<Row> data) {
    return model.transform(data).orderBy("shop", "ts").collectAsList();
  }

  @Test
  void pipelinesAreSavedAndLoaded(@TempDir Path directory) throws IOException {
    Dataset<Row> data = ForecastRows.shops(spark);
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {forecaster()}).fit(data);
    model.save(directory.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("model").toString());
    assertThat(rows(loaded, data)).isEqualTo(rows(model, data));
  }

  @Test
  void descriptionWithoutTheForecastIsNoModel(@TempDir Path directory) throws IOException {
    RnnForecastModel model = forecaster().setEpochs(0).fit(ForecastRows.shops(spark));
    Path path = directory.resolve("model");
    model.save(path.toString());
    SavedDescription.edit(path, "\"forecast\" :", "\"other\" :");
    assertThatThrownBy(() -> RnnForecastModel.load(path.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RnnForecastModel at "
                + path
                + ": model.json is not the JSON of a model; it is cut short or edited. Save the model"
                + " again.");
  }
}
