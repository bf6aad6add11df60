package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.ml.ReplacedDirectory;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.TrainingListener;

/** Checkpoints and models on HDFS. If this fails, they work on the disk of one machine only. */
@ExtendWith(LocalSpark.class)
@Tag("slow")
@Timeout(180)
final class HdfsTest {

  @TempDir private static Path directory;
  private static MiniDFSCluster hdfs;

  private final SparkSession spark;

  HdfsTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  static void startHdfs() throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
    hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
    hdfs.waitActive();
  }

  @AfterAll
  static void stopHdfs() {
    hdfs.shutdown();
  }

  private static String path(String name) throws IOException {
    return hdfs.getFileSystem().getUri() + "/" + name;
  }

  private static List<String> names(String name) throws IOException {
    FileSystem files = hdfs.getFileSystem();
    return Arrays.stream(files.listStatus(new org.apache.hadoop.fs.Path("/" + name)))
        .map(FileStatus::getPath)
        .map(org.apache.hadoop.fs.Path::getName)
        .sorted()
        .toList();
  }

  private RnnRegressionModel fit(RnnRegressor estimator) {
    return estimator.fit(SameBitsProgram.data(spark, 3));
  }

  @Test
  void fitGoesOnFromItsCheckpoint() throws IOException {
    String undisturbed = SameBitsProgram.digest(fit(DriverLossProgram.estimator("")));
    RnnRegressor dying =
        DriverLossProgram.estimator(path("checkpoints"))
            .addListener(
                new TrainingListener() {
                  @Override
                  public void stepEnded(int epoch, long step, double loss) {
                    if (epoch == 4 && step == 2) {
                      throw new IllegalStateException("the driver is dead");
                    }
                  }
                });
    assertThatThrownBy(() -> fit(dying)).hasMessageContaining("the driver is dead");
    assertThat(names("checkpoints")).hasSize(1);
    assertThat(names("checkpoints/" + names("checkpoints").get(0)))
        .containsExactly(
            "fit.json",
            "step-000000000011.safetensors",
            "step-000000000012.safetensors",
            "step-000000000013.safetensors");
    List<String> notices = new ArrayList<>();
    RnnRegressor again =
        DriverLossProgram.estimator(path("checkpoints"))
            .addListener(
                new TrainingListener() {
                  @Override
                  public void notice(String sentence) {
                    notices.add(sentence);
                  }
                });
    assertThat(SameBitsProgram.digest(fit(again))).isEqualTo(undisturbed);
    assertThat(notices).singleElement().asString().contains("hdfs://").endsWith("step 13).");
    assertThat(names("checkpoints")).isEmpty();
  }

  @Test
  void modelIsSavedReplacedAndLoaded() throws IOException {
    RnnRegressionModel first = fit(SameBitsProgram.estimator("gru"));
    RnnRegressionModel second = fit(SameBitsProgram.estimator("gru").setSeed(4));
    first.save(path("models/one"));
    assertThat(SameBitsProgram.digest(RnnRegressionModel.load(path("models/one"))))
        .isEqualTo(SameBitsProgram.digest(first));
    assertThatThrownBy(() -> second.save(path("models/one"))).isInstanceOf(IOException.class);
    second.write().overwrite().save(path("models/one"));
    assertThat(SameBitsProgram.digest(RnnRegressionModel.load(path("models/one"))))
        .isEqualTo(SameBitsProgram.digest(second));
    PipelineModel pipeline = new PipelineModel("pipeline", new Transformer[] {first});
    pipeline.save(path("models/pipeline"));
    ReplacedDirectory.write(path("models/pipeline"), spark, pipeline::save);
    assertThat(PipelineModel.load(path("models/pipeline")).stages()).hasSize(1);
    assertThat(names("models")).containsExactly("one", "pipeline");
    assertThatThrownBy(() -> RnnRegressionModel.load(path("models/two")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "there is no such directory. Load the path that the model was saved to.");
  }
}
