package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.FailingFileSystem;
import sparkrnn.FailingFileSystem.Act;
import sparkrnn.LocalSpark;

/**
 * A model that is saved over another while storage fails. If this fails, a full disk costs the
 * model that was in use as well as the new one.
 */
@ExtendWith(LocalSpark.class)
final class ModelStorageTest {

  private static RnnRegressionModel old;
  private static RnnRegressionModel fresh;

  @TempDir private Path directory;
  private final SparkSession spark;
  private String path;

  ModelStorageTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  static void fitTwo() {
    SparkSession session = LocalSpark.session();
    old = SequenceRows.small().setSeed(1).setEpochs(1).fit(SequenceRows.means(session, 32));
    fresh = SequenceRows.small().setSeed(2).setEpochs(1).fit(SequenceRows.means(session, 32));
  }

  @BeforeEach
  void saveTheOldOne() throws IOException {
    FailingFileSystem.register(spark.sparkContext().hadoopConfiguration());
    path = "failing:" + directory + "/model";
    old.save(path);
  }

  @AfterEach
  void heal() {
    FailingFileSystem.heal();
  }

  private void assertHolds(String where, RnnRegressionModel model) {
    RnnRegressionModel loaded = RnnRegressionModel.load(where);
    model
        .weights()
        .forEach((name, values) -> assertThat(loaded.weights().get(name)).containsExactly(values));
    assertThat(loaded.getSeed()).isEqualTo(model.getSeed());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MKDIRS, model.unfinished",
    "CREATE, weights",
    "WRITE, weights",
    "DISK_FULL, weights",
    "CLOSE, weights",
    "CREATE, model.json",
    "WRITE, model.json",
    "CLOSE, model.json",
    "MKDIRS, metadata",
    "CREATE, metadata",
    "WRITE, metadata",
    "DISK_FULL, metadata",
    "CLOSE, metadata",
    "RENAME, metadata",
    "RENAME, .replaced",
    "RENAME_REFUSED, .replaced",
  })
  void overwriteThatFailsLeavesTheOldModelAsItWas(Act act, String where) throws IOException {
    FailingFileSystem.fail(act, where);
    MLWriter writer = fresh.write().overwrite();
    assertThatThrownBy(() -> writer.save(path))
        .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
    FailingFileSystem.heal();
    assertHolds(path, old);
    assertThat(names()).containsExactly("model");
    fresh.write().overwrite().save(path);
    assertHolds(path, fresh);
    assertThat(names()).containsExactly("model");
  }

  /** Else the next try would be refused because of what is left of the one before. */
  @ParameterizedTest
  @CsvSource({"MKDIRS, other", "DISK_FULL, weights", "CLOSE, model.json", "CREATE, metadata"})
  void firstSaveThatFailsLeavesNothing(Act act, String where) throws IOException {
    FailingFileSystem.fail(act, where);
    String other = "failing:" + directory + "/other";
    assertThatThrownBy(() -> fresh.save(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(other);
    FailingFileSystem.heal();
    assertThat(names()).containsExactly("model");
    fresh.save(other);
    assertHolds(other, fresh);
  }

  @Test
  void oldModelComesBackWhereTheNewOneCanNotTakeItsName() throws IOException {
    FailingFileSystem.fail(Act.RENAME, directory + "/model", 1);
    assertThatThrownBy(() -> fresh.write().overwrite().save(path))
        .isInstanceOf(IOException.class)
        .hasMessage("no RENAME of model today");
    FailingFileSystem.heal();
    assertHolds(path, old);
    assertThat(names()).containsExactly("model");
  }

  @Test
  void bothModelsAreNamedWhereNeitherCanTakeTheName() throws IOException {
    FailingFileSystem.fail(Act.RENAME, directory + "/model");
    assertThatThrownBy(() -> fresh.write().overwrite().save(path))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "\"failing:.*/model\" could not be replaced \\(no RENAME of model today\\); the new"
                + " directory is at \"failing:.*/\\.model\\.unfinished-[0-9a-f]{8}\" and the old one"
                + " at \"failing:.*/\\.model\\.replaced-[0-9a-f]{8}\", both whole\\. Rename one of"
                + " them\\.");
    FailingFileSystem.heal();
    assertThat(names()).hasSize(2);
    assertHolds("failing:" + directory + "/" + names().get(0), old);
    assertHolds("failing:" + directory + "/" + names().get(1), fresh);
    assertThatThrownBy(() -> RnnRegressionModel.load(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an overwrite was cut off; the old directory is at \"")
        .hasMessageContaining(names().get(0));
  }

  @Test
  void oldModelThatCanNotBeRemovedDoesNotSpoilTheNewOne() throws IOException {
    FailingFileSystem.fail(Act.DELETE, ".replaced");
    fresh.write().overwrite().save(path);
    FailingFileSystem.heal();
    assertHolds(path, fresh);
    assertThat(names()).hasSize(2);
  }

  @Test
  void takenPathIsRefusedWithoutOverwrite() throws IOException {
    assertThatThrownBy(() -> fresh.save(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already exists");
    assertHolds(path, old);
    assertThat(names()).containsExactly("model");
  }

  /** What Spark's own stages do not do when they overwrite. */
  @Test
  void pipelineIsReplacedToo() throws IOException {
    PipelineModel first = new PipelineModel("first", new Transformer[] {old});
    PipelineModel second = new PipelineModel("second", new Transformer[] {fresh});
    String pipeline = "failing:" + directory + "/pipeline";
    FailingFileSystem.fail(Act.DISK_FULL, "weights");
    assertThatThrownBy(() -> ReplacedDirectory.write(pipeline, spark, first::save))
        .hasMessageContaining("No space left on device");
    FailingFileSystem.heal();
    assertThat(names()).as("after a first save that failed").containsExactly("model");
    ReplacedDirectory.write(pipeline, spark, first::save);
    FailingFileSystem.fail(Act.WRITE, "weights");
    assertThatThrownBy(() -> ReplacedDirectory.write(pipeline, spark, second::save))
        .isInstanceOf(IllegalArgumentException.class);
    FailingFileSystem.heal();
    assertThat(PipelineModel.load(pipeline).uid()).isEqualTo("first");
    ReplacedDirectory.write(pipeline, spark, second::save);
    assertThat(PipelineModel.load(pipeline).uid()).isEqualTo("second");
    assertThat(names()).containsExactly("model", "pipeline");
  }

  @Test
  @Tag("spark-4.1")
  void driversDiskIsOverwrittenForSparkConnect() throws IOException {
    String local = directory.resolve("local").toString();
    old.write().saveToLocal(local);
    fresh.write().overwrite().saveToLocal(local);
    RnnRegressionModel loaded = RnnRegressionModel.read().loadFromLocal(local);
    assertThat(loaded.getSeed()).isEqualTo(2);
    assertThat(names()).containsExactly("local", "model");
  }

  /** The class in the metadata would be made an instance of, whatever it is. */
  @Test
  void classThatIsNoModelIsNotEvenLookedAt() throws IOException {
    Path victim = directory.resolve("victim");
    Path metadata = directory.resolve("model/metadata");
    try (Stream<Path> parts = Files.list(metadata)) {
      Path part = parts.filter(file -> file.toString().contains("part-")).findFirst().orElseThrow();
      String json = Files.readString(part);
      Files.writeString(
          part,
          json.replace(RnnRegressionModel.class.getName(), "java.io.FileWriter")
              .replace(old.uid(), victim.toString()));
    }
    String message =
        " at " + path + ": the directory holds a java.io.FileWriter. Load it with that class.";
    assertThatThrownBy(() -> RnnRegressionModel.load(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RnnRegressionModel" + message);
    assertThatThrownBy(() -> RnnModel.loadAny(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model at " + path + ": it is a java.io.FileWriter. Load it with that class.");
    assertThat(victim).doesNotExist();
  }
}
