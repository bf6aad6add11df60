package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.network.ParityFixture;

/** Models of Keras and PyTorch in Spark: scored, saved, and trained on. */
@ExtendWith(LocalSpark.class)
final class NetworkImportTest {

  private static final String FILES = "src/test/resources/fixtures/formats/";

  @TempDir private Path directory;
  private final SparkSession spark;

  NetworkImportTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The sequences of a fixture. */
  private Dataset<Row> rows(String name, int features) throws IOException {
    ParityFixture fixture = ParityFixture.named("formats", name);
    float[] x = fixture.values("x");
    List<Row> rows = new ArrayList<>();
    int row = 0;
    for (float length : fixture.values("lengths")) {
      float[][] sequence = new float[(int) length][];
      for (int t = 0; t < sequence.length; t++, row++) {
        sequence[t] = Arrays.copyOfRange(x, row * features, (row + 1) * features);
      }
      rows.add(RowFactory.create((Object) sequence));
    }
    StructType schema =
        new StructType()
            .add(
                "features",
                DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)));
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  private static float[] outputs(String name) throws IOException {
    return ParityFixture.named("formats", name).values("outputs");
  }

  @Test
  void regressionOfKerasPredictsAsInKerasAlsoSavedAndLoaded() throws IOException {
    RnnRegressionModel model =
        new RnnRegressor().setPredictionCol("y").importKeras(FILES + "keras_seed.keras");
    assertThat(model.getCell()).isEqualTo("simpleRnn");
    assertThat(model.getActivation()).isEqualTo("relu");
    assertThat(model.getUnits()).containsExactly(5);
    model.save(directory.resolve("saved").toString());
    float[] expected = outputs("keras_seed");
    for (RnnRegressionModel each :
        List.of(model, RnnRegressionModel.load(directory.resolve("saved").toString()))) {
      List<Row> rows = each.transform(rows("keras_seed", 1)).collectAsList();
      for (int r = 0; r < rows.size(); r++) {
        assertThat(rows.get(r).<Double>getAs("y")).isCloseTo(expected[r], within(1e-5));
      }
    }
  }

  @Test
  void classifierOfKerasHasItsProbabilitiesAndTheGivenLabels() throws IOException {
    RnnClassificationModel model =
        new RnnClassifier()
            .setPredictedLabelCol("name")
            .importKeras(FILES + "keras_stacked_softmax.keras", "low", "mid", "high");
    assertThat(model.labels()).containsExactly("low", "mid", "high");
    float[] expected = outputs("keras_stacked_softmax");
    List<Row> rows = model.transform(rows("keras_stacked_softmax", 3)).collectAsList();
    for (int r = 0; r < rows.size(); r++) {
      Vector probability = rows.get(r).getAs("probability");
      for (int k = 0; k < 3; k++) {
        assertThat(probability.apply(k)).isCloseTo(expected[r * 3 + k], within(1e-5));
      }
      assertThat(rows.get(r).<String>getAs("name")).isEqualTo(model.labels()[probability.argmax()]);
    }
  }

  @Test
  void embeddingsAndSeveralLabelsOfKerasComeToo() throws IOException {
    RnnClassificationModel model =
        new RnnClassifier().importKeras(FILES + "keras_embedding_sigmoid.keras");
    float[] expected = outputs("keras_embedding_sigmoid");
    List<Row> rows = model.transform(rows("keras_embedding_sigmoid", 3)).collectAsList();
    for (int r = 0; r < rows.size(); r++) {
      Vector probability = rows.get(r).getAs("probability");
      for (int k = 0; k < 2; k++) {
        assertThat(probability.apply(k)).isCloseTo(expected[r * 2 + k], within(1e-5));
      }
      assertThat(rows.get(r).getList(rows.get(r).fieldIndex("prediction"))).hasSize(2);
    }
  }

  @Test
  void taggerOfKerasHasAnOutputForEveryTimeStep() throws IOException {
    RnnTaggingModel model =
        new RnnTagger().importKeras(FILES + "keras_tagger.keras", "a", "b", "c");
    float[] expected = outputs("keras_tagger");
    int compared = 0;
    for (Row row : rows("keras_tagger", 2).collectAsList()) {
      for (double[] step : model.predictProbabilities(row)) {
        for (double probability : step) {
          assertThat(probability).isCloseTo(expected[compared++], within(1e-5));
        }
      }
    }
    assertThat(compared).isEqualTo(expected.length);
  }

  @Test
  void moduleOfPyTorchPredictsAsInPyTorch() throws IOException {
    RnnRegressionModel model =
        new RnnRegressor().importPyTorch(FILES + "pytorch_lstm.pt.safetensors");
    float[] expected = outputs("pytorch_lstm");
    List<Row> rows = model.transform(rows("pytorch_lstm", 3)).collectAsList();
    for (int r = 0; r < rows.size(); r++) {
      List<Double> pair = rows.get(r).getList(rows.get(r).fieldIndex("prediction"));
      assertThat(pair.get(0)).isCloseTo(expected[r * 2], within(1e-5));
      assertThat(pair.get(1)).isCloseTo(expected[r * 2 + 1], within(1e-5));
    }
    assertThat(
            new RnnRegressor()
                .setActivation("relu")
                .importPyTorch(FILES + "pytorch_rnn_relu.pt.safetensors")
                .getActivation())
        .isEqualTo("relu");
  }

  /** A frozen network is what the fit began with. */
  @Test
  void fitBeginsWithTheFile() {
    Dataset<Row> data = SequenceRows.means(spark, 20);
    RnnRegressor regressor =
        SequenceRows.small()
            .setUnits(5)
            .setActivation("relu")
            .setInitialModelPath(FILES + "keras_seed.keras")
            .setFrozenLayers("simple_rnn_0");
    float[] kernel =
        new RnnRegressor()
            .importKeras(FILES + "keras_seed.keras")
            .weights()
            .get("simple_rnn_0/recurrent_kernel");
    assertThat(regressor.fit(data).weights().get("simple_rnn_0/recurrent_kernel"))
        .containsExactly(kernel);
    assertThatThrownBy(() -> regressor.setUnits(6).fit(data))
        .hasMessageContaining(
            "the initial model has \"simple_rnn_0/kernel\" of shape (1, 5) where the network to"
                + " train has \"simple_rnn_0/kernel\" of shape (1, 6)");
  }

  @Test
  void exportedFilesComeBack() {
    Dataset<Row> data = ClassRows.texts(spark, 20);
    RnnClassificationModel model =
        ClassRows.small()
            .setCell("gru")
            .setUnits(4, 4)
            .setResidual(true)
            .setBidirectional(true)
            .setPooling("attention")
            .fit(data);
    String keras = directory.resolve("m.keras").toString();
    String pyTorch = directory.resolve("m.safetensors").toString();
    model.exportKeras(keras);
    model.exportPyTorch(pyTorch);
    RnnClassifier classifier = new RnnClassifier();
    assertSame(classifier.importKeras(keras, model.labels()), model);
    assertSame(classifier.setPooling("attention").importPyTorch(pyTorch, model.labels()), model);
  }

  private static void assertSame(RnnClassificationModel found, RnnClassificationModel model) {
    float[][] sequence = {{0.4f}, {-0.2f}, {0.9f}};
    assertThat(found.predictProbability(sequence))
        .containsExactly(model.predictProbability(sequence));
    assertThat(found.labels()).containsExactly(model.labels());
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void whatDoesNotGoTogetherIsSaid() throws IOException {
    String seed = FILES + "keras_seed.keras";
    String softmax = FILES + "keras_stacked_softmax.keras";
    assertRefused(
        () -> new RnnRegressor().setUnits(6).importKeras(seed),
        "RnnRegressor: the file \""
            + seed
            + "\" can't be imported: units is [6], and that of the file is [5]. Clear units, or set"
            + " it so.");
    assertRefused(
        () -> new RnnRegressor().importKeras(softmax),
        "RnnRegressor: the file \""
            + softmax
            + "\" can't be imported: its head gives probabilities of classes. Import it with"
            + " RnnClassifier.");
    assertRefused(
        () -> new RnnClassifier().importKeras(seed),
        "RnnClassifier: the file \""
            + seed
            + "\" can't be imported: its head is linear; a classifier has softmax or sigmoid. Import"
            + " it with RnnRegressor.");
    assertRefused(
        () -> new RnnClassifier().importKeras(softmax, "a", "b"),
        "RnnClassifier: the file \""
            + softmax
            + "\" can't be imported: there are 2 labels (a, b) and the file has 3 outputs; each"
            + " needs a label of its own.");
    assertRefused(
        () -> new RnnTagger().importKeras(softmax),
        "RnnTagger: the file \""
            + softmax
            + "\" can't be imported: its pooling is \"last\"; that of a RnnTagger is \"none\".");
    Path text = Files.writeString(directory.resolve("text.keras"), "no zip");
    assertRefused(
        () -> new RnnRegressor().importKeras(text.toString()),
        "RnnRegressor: the file \""
            + text
            + "\" can't be imported: it is no .keras file, a zip with config.json and"
            + " model.weights.h5.");
    assertThatThrownBy(() -> new RnnRegressor().importPyTorch(text.toString()))
        .hasMessageStartingWith("RnnRegressor: the file \"" + text + "\" can't be imported: ");
    String nowhere = directory.resolve("nowhere.keras").toString();
    assertThatThrownBy(() -> new RnnRegressor().importKeras(nowhere))
        .hasMessageStartingWith("RnnRegressor: the file \"" + nowhere + "\" can't be imported: ");
  }

  @Test
  void whatAnotherLibraryHasNoLayerForIsSaidWithTheStage() {
    Dataset<Row> data = SequenceRows.means(spark, 20);
    RnnRegressionModel model = SequenceRows.small().setCell("lstm").setZoneout(0.1).fit(data);
    String path = directory.resolve("m.keras").toString();
    assertRefused(
        () -> model.exportKeras(path),
        "RnnRegressionModel: Keras has no zoneout, which is 0.1 here. Export to ONNX.");
    assertThat(directory.resolve("m.keras")).doesNotExist();
    assertRefused(
        () -> model.encoder().exportPyTorch(path),
        "RnnEncoder: files of PyTorch hold a network with its head, and an encoder has none. Export"
            + " the model that it is of, or the encoder to ONNX.");
  }
}
