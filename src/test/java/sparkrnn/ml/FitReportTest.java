package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.training.TrainingListener;

/** The page on a fit for those who have no run file. */
@ExtendWith(LocalSpark.class)
final class FitReportTest {

  @TempDir private Path directory;
  private final SparkSession spark;

  FitReportTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> rows() {
    return spark.range(200).selectExpr("array(id % 3D, 1D) AS features", "id % 3D AS label");
  }

  private static RnnRegressor regressor() {
    return new RnnRegressor().setUnits(3).setEpochs(2).setSeed(1).setValidationFraction(0.3);
  }

  @Test
  void pageIsWrittenWhileTheFitRunsAndWhenItIsOver() throws IOException {
    Path file = directory.resolve("new/fit.html");
    List<String> meanwhile = new ArrayList<>();
    TrainingListener reader =
        new TrainingListener() {
          @Override
          public void started(int maxIter, long stepsPerEpoch, long sequences) {
            try {
              meanwhile.add(Files.readString(file));
            } catch (IOException missing) {
              throw new UncheckedIOException(missing);
            }
          }
        };
    RnnRegressionModel model =
        regressor().setReportPath(file.toString()).addListener(reader).fit(rows());
    assertThat(meanwhile).hasSize(1).first().asString().contains("http-equiv=\"refresh\"");
    assertThat(Files.readString(file))
        .doesNotContain("http-equiv=\"refresh\"")
        .contains("simple_rnn_0", "Loss", "validation", "Learning rate", "batchSize");
    assertThat(directory.resolve("new/.fit.html.crc")).doesNotExist();

    Path later = directory.resolve("later.html");
    model.save(directory.resolve("model").toString());
    RnnRegressionModel.load(directory.resolve("model").toString()).writeReport(later.toString());
    assertThat(Files.readString(later))
        .contains("simple_rnn_0", "Loss", "validation", "batchSize", "stopped: maxIter");
  }

  @Test
  void pathThatCanNotBeWrittenIsRefusedBeforeTheFit() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> regressor().setReportPath(file + "/fit.html").fit(rows()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("reportPath is \"" + file + "/fit.html\" and can't be written to: ")
        .hasMessageEndingWith(". Give another path, or leave it empty.");
    RnnRegressionModel model = regressor().fit(rows());
    assertThatThrownBy(() -> model.writeReport(file + "/fit.html"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "RnnRegressionModel: the report \"" + file + "/fit.html\" can't be written (")
        .hasMessageEndingWith("). Give a path that you may write to.");
  }
}
