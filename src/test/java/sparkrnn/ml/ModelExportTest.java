package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.onnx.OnnxRun;

/** Files of other formats that are written from models: else a trained model can't leave Spark. */
@ExtendWith(LocalSpark.class)
final class ModelExportTest {

  private static final double TOLERANCE = 1e-5;

  @TempDir private Path directory;
  private final SparkSession spark;

  ModelExportTest(SparkSession spark) {
    this.spark = spark;
  }

  private Map<String, float[]> run(RnnModel<?> model, float[][][] sequences) throws Exception {
    String path = directory.resolve("model.onnx").toUri().toString();
    model.exportOnnx(path);
    model.exportOnnx(path); // replaces
    assertThat(directory.toFile().list()).containsExactly("model.onnx");
    try (OnnxRun runtime = new OnnxRun(Files.readAllBytes(directory.resolve("model.onnx")))) {
      return runtime.run(sequences, 0);
    }
  }

  private static float[][][] sequences(List<Row> rows) {
    float[][][] sequences = new float[rows.size()][][];
    for (int r = 0; r < sequences.length; r++) {
      List<Double> values = rows.get(r).getList(rows.get(r).fieldIndex("features"));
      sequences[r] = new float[values.size()][];
      for (int t = 0; t < values.size(); t++) {
        sequences[r][t] = new float[] {values.get(t).floatValue()};
      }
    }
    return sequences;
  }

  @Test
  void runtimeGivesThePredictionsOfTransform() throws Exception {
    Dataset<Row> data = SequenceRows.means(spark, 40);
    RnnRegressionModel model = SequenceRows.small().setCell("lstm").fit(data);
    List<Row> rows = model.transform(data).collectAsList();
    float[] outputs = run(model, sequences(rows)).get("outputs");
    for (int r = 0; r < rows.size(); r++) {
      assertThat((double) outputs[r])
          .isCloseTo(rows.get(r).<Double>getAs("prediction"), within(TOLERANCE));
    }
  }

  @Test
  void runtimeGivesTheProbabilitiesOfTransformAndTheFileHasTheLabels() throws Exception {
    Dataset<Row> data = ClassRows.texts(spark, 40);
    RnnClassificationModel model = ClassRows.small().setPooling("attention").fit(data);
    List<Row> rows = model.transform(data).collectAsList();
    Map<String, float[]> found = run(model, sequences(rows));
    for (int r = 0; r < rows.size(); r++) {
      Vector probability = rows.get(r).getAs("probability");
      for (int k = 0; k < 3; k++) {
        assertThat((double) found.get("probabilities")[r * 3 + k])
            .isCloseTo(probability.apply(k), within(TOLERANCE));
      }
    }
    try (OnnxRun runtime = new OnnxRun(Files.readAllBytes(directory.resolve("model.onnx")))) {
      JsonNode note = new ObjectMapper().readTree(runtime.notes().get("spark_rnn.model"));
      assertThat(note.at("/classes/labels/names").toString())
          .isEqualTo("[\"down\",\"flat\",\"up\"]");
    }
  }

  @Test
  void encoderIsExportedWithoutTheHead() throws Exception {
    Dataset<Row> data = SequenceRows.means(spark, 20);
    RnnEncoder encoder = SequenceRows.small().setCell("gru").fit(data).encoder();
    List<Row> rows = encoder.transform(data).collectAsList();
    Map<String, float[]> found = run(encoder, sequences(rows));
    assertThat(found).containsOnlyKeys("encoding");
    Vector first = rows.get(0).getAs("encoding");
    for (int j = 0; j < 8; j++) {
      assertThat((double) found.get("encoding")[j]).isCloseTo(first.apply(j), within(TOLERANCE));
    }
  }

  @Test
  void pathThatCannotBeWrittenIsNamed() throws Exception {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.means(spark, 20));
    Path taken = Files.createDirectory(directory.resolve("taken"));
    assertThatThrownBy(() -> model.exportOnnx(taken.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RnnRegressionModel: the file \""
                + taken
                + "\" can't be written (it is a directory). Export to a path that you may write"
                + " to.");
  }
}
