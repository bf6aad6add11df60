package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** What is kept of a model on disk, alone and inside Spark's own stages. */
@ExtendWith(LocalSpark.class)
final class PersistenceTest {

  private final SparkSession spark;

  PersistenceTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void loadedModelPredictsTheSameAndKeepsItsSummary(@TempDir Path directory) throws IOException {
    RnnRegressionModel model =
        SequenceRows.small().setCell("gru").setUnits(6, 5).setValidationFraction(0.3).fit(data());
    String path = directory.resolve("model").toString();
    model.save(path);
    RnnRegressionModel loaded = RnnRegressionModel.load(path);
    assertThat(predictions(loaded)).isEqualTo(predictions(model));
    assertThat(loaded.summary().objectiveHistory())
        .containsExactly(model.summary().objectiveHistory());
    assertThat(loaded.summary().validationHistory())
        .containsExactly(model.summary().validationHistory());
    assertThat(loaded.summary().stopReason()).isEqualTo("maxIter");
    assertThat(loaded.describe()).isEqualTo(model.describe());
  }

  @Test
  void networkOfAnyShapeIsLoadedAsItWas(@TempDir Path directory) throws IOException {
    RnnRegressionModel model =
        SequenceRows.small()
            .setCell("lstm")
            .setUnits(5, 4, 4)
            .setBidirectional(true)
            .setResidual(true)
            .setZoneout(0.1)
            .setRecurrentWeightDrop(0.3)
            .setPooling("max")
            .setDropout(0.25)
            .setRecurrentDropout(0.5)
            .fit(data());
    String path = directory.resolve("model").toString();
    model.save(path);
    RnnRegressionModel loaded = RnnRegressionModel.load(path);
    assertThat(predictions(loaded)).isEqualTo(predictions(model));
    assertThat(loaded.describe()).isEqualTo(model.describe()).contains("bidirectional_1");
    assertThat(loaded.getBidirectional()).isTrue();
    assertThat(loaded.getResidual()).isTrue();
    assertThat(loaded.getZoneout()).isEqualTo(0.1);
    assertThat(loaded.getRecurrentWeightDrop()).isEqualTo(0.3);
    assertThat(loaded.getPooling()).isEqualTo("max");
    assertThat(loaded.getDropout()).isEqualTo(0.25);
    assertThat(loaded.getRecurrentDropout()).isEqualTo(0.5);
    assertThat(loaded.weights()).containsKey("bidirectional_0/backward_lstm/recurrent_kernel");
  }

  /** By itself: dropping the one feature leaves nothing to normalize. */
  @Test
  void normalizedNetworkIsLoadedAsItWas(@TempDir Path directory) throws IOException {
    RnnRegressionModel model =
        SequenceRows.small().setCell("lstm").setLayerNormalization(true).fit(data());
    String path = directory.resolve("model").toString();
    model.save(path);
    RnnRegressionModel loaded = RnnRegressionModel.load(path);
    assertThat(predictions(loaded)).isEqualTo(predictions(model));
    assertThat(loaded.getLayerNormalization()).isTrue();
    assertThat(loaded.weights()).containsKey("layer_norm_lstm_0/state_norm/gamma");
  }

  /** Models that were saved before there were directions, poolings and so on lack all of them. */
  @Test
  void modelWithoutLaterParamsIsLoadedWithTheirDefaults(@TempDir Path directory)
      throws IOException {
    RnnRegressionModel model = SequenceRows.small().setCell("gru").fit(data());
    Path path = directory.resolve("model");
    model.save(path.toString());
    List<String> later =
        List.of(
            "bidirectional",
            "pooling",
            "dropout",
            "recurrentDropout",
            "residual",
            "zoneout",
            "recurrentWeightDrop");
    List<Path> edited;
    try (Stream<Path> files = Files.walk(path)) {
      edited = files.filter(file -> file.toString().matches(".*/(model.json|part-[^/]*)")).toList();
    }
    assertThat(edited).hasSize(2);
    for (Path file : edited) {
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      for (String name : later) {
        List<JsonNode> parents = json.findParents(name);
        assertThat(parents).as("%s in %s", name, file).isNotEmpty();
        parents.forEach(parent -> ((ObjectNode) parent).remove(name));
      }
      Files.writeString(file, json.toString());
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }
    RnnRegressionModel loaded = RnnRegressionModel.load(path.toString());
    assertThat(predictions(loaded)).isEqualTo(predictions(model));
    assertThat(loaded.getBidirectional()).isFalse();
    assertThat(loaded.getPooling()).isEqualTo("last");
    assertThat(loaded.getDropout()).isZero();
    assertThat(loaded.getRecurrentDropout()).isZero();
    assertThat(loaded.getResidual()).isFalse();
  }

  @Test
  void arrayPredictionsStayArrays(@TempDir Path directory) throws IOException {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.pairs(spark, 32));
    String path = directory.resolve("model").toString();
    model.save(path);
    assertThat(RnnRegressionModel.load(path).transformSchema(data().schema()))
        .isEqualTo(model.transformSchema(data().schema()));
  }

  @Test
  void directoryHoldsOpenFormats(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("model");
    SequenceRows.small().fit(data()).save(path.toString());
    assertThat(path.resolve("weights.safetensors")).isRegularFile();
    assertThat(Files.readString(path.resolve("model.json"), StandardCharsets.UTF_8))
        .contains(
            "\"formatVersion\" : 1",
            "\"libraryVersion\"",
            "\"recurrentLayers\"",
            "\"objectiveHistory\"");
    assertThat(path.resolve("metadata")).isDirectory();
  }

  @Test
  @Tag("spark-4.1")
  void savesOnTheDriversDiskForSparkConnect(@TempDir Path directory) throws IOException {
    RnnRegressionModel model = SequenceRows.small().fit(data());
    Path path = directory.resolve("model");
    model.write().saveToLocal(path.toString());
    assertThat(path.resolve("weights.safetensors")).isRegularFile();
    RnnRegressionModel loaded = RnnRegressionModel.read().loadFromLocal(path.toString());
    assertThat(predictions(loaded)).isEqualTo(predictions(model));
  }

  @Test
  void pipelinesAreSavedAndLoadedBeforeAndAfterTheFit(@TempDir Path directory) throws IOException {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {SequenceRows.small()});
    pipeline.save(directory.resolve("pipeline").toString());
    PipelineModel model = Pipeline.load(directory.resolve("pipeline").toString()).fit(data());
    model.save(directory.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("model").toString());
    assertThat(predictions(loaded)).isEqualTo(predictions(model));
  }

  @Test
  void crossValidatorChoosesSavesAndLoads(@TempDir Path directory) throws IOException {
    RnnRegressor regressor = SequenceRows.small().setEpochs(5);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(regressor.learningRate(), new double[] {1e-9, 0.02}).build();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(regressor)
            .setEvaluator(new RegressionEvaluator().setMetricName("mse"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(3)
            .fit(data());
    model.save(directory.resolve("cv").toString());
    CrossValidatorModel loaded = CrossValidatorModel.load(directory.resolve("cv").toString());
    RnnRegressionModel best = (RnnRegressionModel) loaded.bestModel();
    assertThat(best.getLearningRate()).isEqualTo(0.02);
    assertThat(predictions(best)).isEqualTo(predictions((RnnRegressionModel) model.bestModel()));
  }

  private Dataset<Row> data() {
    return SequenceRows.means(spark, 64);
  }

  private List<Row> predictions(org.apache.spark.ml.Transformer model) {
    return model.transform(data()).select("id", "prediction").collectAsList();
  }
}
