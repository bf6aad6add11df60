package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.LocalSpark;
import sparkrnn.scoring.LocalScorer;
import sparkrnn.scoring.ScoreOnce;

/** Models scored outside of Spark, from the model and from its directory. */
@ExtendWith(LocalSpark.class)
final class SavedScorerTest {

  private static final float[][] SEQUENCE = {{0.3f}, {-0.7f}, {0.1f}, {0.9f}};

  /** All that docs/formats.md says a service needs beside our jar and what it holds. */
  private static final List<String> NEEDED =
      List.of(
          "blas-",
          "arpack_combined_all-",
          "jackson-core-",
          "jackson-databind-",
          "jackson-annotations-");

  private static final List<String> IN_OUR_JAR = List.of("openblas-", "javacpp-");

  @TempDir private Path directory;
  private final SparkSession spark;

  SavedScorerTest(SparkSession spark) {
    this.spark = spark;
  }

  private LocalScorer saved(RnnModel<?> model) throws IOException {
    String path = directory.resolve(model.uid()).toString();
    model.write().overwrite().save(path);
    return LocalScorer.open(Path.of(path));
  }

  @Test
  void regressionScoresAsTheModel() throws IOException {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.means(spark, 20));
    double[] expected = model.predict(SEQUENCE);
    assertThat(model.localScorer().predict(SEQUENCE)).containsExactly(expected);
    assertThat(saved(model).predict(SEQUENCE)).containsExactly(expected);
    assertThat(saved(model).labels()).isEmpty();
  }

  @Test
  void classifierGivesProbabilitiesAndLabels() throws IOException {
    RnnClassificationModel model = ClassRows.small().fit(ClassRows.texts(spark, 20));
    double[] expected = model.predictProbability(SEQUENCE);
    assertThat(model.localScorer().predict(SEQUENCE)).containsExactly(expected);
    assertThat(saved(model).predict(SEQUENCE)).containsExactly(expected);
    assertThat(saved(model).labels()).containsExactly(model.labels());
  }

  @Test
  void taggerWithAChainGivesLabelsAndProbabilities() throws IOException {
    Dataset<Row> words = TagRows.texts(spark, 20);
    RnnTaggingModel model = TagRows.small().setCrf(true).fit(words);
    float[][] ids = new float[5][model.numFeatures()];
    for (int t = 0; t < ids.length; t++) {
      Arrays.fill(ids[t], t % 2);
    }
    LocalScorer scorer = saved(model);
    assertThat(scorer.predictLabels(ids)).containsExactly(model.predictLabels(ids));
    assertThat(scorer.predictTimeSteps(ids)).isDeepEqualTo(model.predictProbabilities(ids));
    assertThat(model.localScorer().predictLabels(ids)).containsExactly(model.predictLabels(ids));
  }

  @Test
  void encoderGivesItsVector() throws IOException {
    RnnEncoder encoder = SequenceRows.small().fit(SequenceRows.means(spark, 20)).encoder();
    double[] expected = encoder.encode(SEQUENCE).toArray();
    assertThat(encoder.localScorer().predict(SEQUENCE)).containsExactly(expected);
    assertThat(saved(encoder).predict(SEQUENCE)).containsExactly(expected);
  }

  @Test
  void serviceNeedsNoJarOfSpark() throws IOException, InterruptedException {
    RnnRegressionModel model =
        SequenceRows.small().setCell("lstm").fit(SequenceRows.means(spark, 20));
    saved(model);
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                serviceClassPath(),
                ScoreOnce.class.getName(),
                directory.resolve(model.uid()).toString(),
                "0.3",
                "-0.7",
                "0.1",
                "0.9")
            .redirectError(err.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    assertThat(out.strip()).isEqualTo(Arrays.toString(model.predict(SEQUENCE)));
    assertThat(Files.readString(err)).doesNotContain("did not load");
  }

  private static String serviceClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith(".jar") || isNeeded(new File(entry).getName()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isNeeded(String jar) {
    return NEEDED.stream().anyMatch(jar::startsWith)
        || IN_OUR_JAR.stream().anyMatch(jar::startsWith);
  }

  @Test
  void damagedDirectoriesAreRefused() throws IOException {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.means(spark, 20));
    saved(model);
    Path saved = directory.resolve(model.uid());
    Path weights = saved.resolve("weights.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 2] ^= 1;
    Files.write(weights, damaged);
    assertThatThrownBy(() -> LocalScorer.open(saved))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "LocalScorer: "
                + weights
                + ": it is not the file that was saved (its SHA-256 is another). Copy the directory"
                + " anew.");
    Files.write(weights, whole);
    Path description = saved.resolve("model.json");
    String json = Files.readString(description);
    Files.writeString(description, json.substring(0, json.length() / 2));
    assertThatThrownBy(() -> LocalScorer.open(saved))
        .hasMessageStartingWith(
            "LocalScorer: " + description + ": it is not the JSON of a model (");
    Files.writeString(description, json.replace("\"formatVersion\" : 1", "\"formatVersion\" : 9"));
    assertThatThrownBy(() -> LocalScorer.open(saved))
        .hasMessageContaining("it has format version 9; this spark-rnn reads version 1.");
  }

  /** Else the user reads of an index out of bounds, or of null, and not of the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"inputs\" : \\d+; \"inputs\" : 0; NetworkSpec: inputs is 0",
        "\"inputs\" : \\d+; \"inputs\" : -2147483648; NetworkSpec: inputs is -2147483648",
        "\"activation\" : \"\\w+\"; \"activation\" : null; is not the JSON of a model",
      })
  void networkThatCanNotBeIsRefused(String regex, String replacement, String sentence)
      throws IOException {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.means(spark, 20));
    saved(model);
    Path saved = directory.resolve(model.uid());
    SavedDescription.edit(saved, regex, replacement);
    assertThatThrownBy(() -> LocalScorer.open(saved)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> RnnRegressionModel.load(saved.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(saved.toString())
        .hasMessageContaining(sentence);
  }

  /** Else one number in a file that somebody sent ends the process with an OutOfMemoryError. */
  @Test
  void moreInputsThanTheFileHasWeightsForAreRefusedBeforeMemoryIsTaken() throws IOException {
    RnnRegressionModel model = SequenceRows.small().fit(SequenceRows.means(spark, 20));
    saved(model);
    Path saved = directory.resolve(model.uid());
    SavedDescription.edit(saved, "\"inputs\" : \\d+", "\"inputs\" : 2147483647");
    String sentence =
        "NetworkSpec: inputs is 2147483647 and outputs is 1; the file of the weights has room for "
            + Files.size(saved.resolve("weights.safetensors")) / Float.BYTES
            + " numbers";
    assertThatThrownBy(() -> LocalScorer.open(saved))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(sentence);
    assertThatThrownBy(() -> RnnRegressionModel.load(saved.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RnnRegressionModel at "
                + saved
                + ": model.json and the params make no network ("
                + sentence
                + "); the directory was edited. Save the model again.");
  }
}
