package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/** Where a model's file lies if the default file system is not the driver's own disk. */
@ExtendWith(LocalSpark.class)
final class SavedDirectoryTest {

  private static final String DEFAULT = "fs.defaultFS";
  private static final String MOUNT = "fs.viewfs.mounttable.elsewhere.link./mounted";

  private final SparkSession spark;
  private final Configuration configuration;
  private final String before;

  @TempDir private Path mounted;
  @TempDir private Path disk;

  SavedDirectoryTest(SparkSession spark) {
    this.spark = spark;
    this.configuration = spark.sparkContext().hadoopConfiguration();
    this.before = configuration.get(DEFAULT);
  }

  /** /mounted of the default file system is a directory, and nothing else of the disk is there. */
  @BeforeEach
  void anotherFileSystem() {
    configuration.set(MOUNT, mounted.toUri().toString());
    configuration.set(DEFAULT, "viewfs://elsewhere/");
  }

  @AfterEach
  void theOldOne() {
    configuration.set(DEFAULT, before);
    configuration.unset(MOUNT);
  }

  private TokenIndexerModel model() {
    return new TokenIndexer().setInputCol("text").fit(spark.sql("SELECT 'abba' AS text"));
  }

  @Test
  void savedModelLiesOnTheDefaultFileSystem() throws Exception {
    model().save("/mounted/model");
    assertThat(mounted.resolve("model").resolve("vocabulary.json")).exists();
    assertThat(TokenIndexerModel.load("/mounted/model").vocabulary()).containsExactly("a", "b");
  }

  /** As Spark Connect keeps fitted models. */
  @Test
  @Tag("spark-4.1")
  void modelSavedLocallyLiesOnTheDisk() throws Exception {
    String path = disk.resolve("model").toString();
    model().write().saveToLocal(path);
    assertThat(disk.resolve("model").resolve("vocabulary.json")).exists();
    assertThat(mounted).isEmptyDirectory();
    assertThat(TokenIndexerModel.read().loadFromLocal(path).vocabulary()).containsExactly("a", "b");
  }
}
