package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.LocalSpark;

/** What jobs say of configs that can't be run; read them side by side. */
@ExtendWith(LocalSpark.class)
final class JobErrorTest {

  @TempDir private Path directory;

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
  }

  private void train(String config, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("job.conf"), config);
    String[] arguments = new String[more.length + 1];
    arguments[0] = file.toString();
    System.arraycopy(more, 0, arguments, 1, more.length);
    LocalSpark.session();
    Train.run(JobArguments.parse(JobCommand.TRAIN, arguments), nowhere(), nowhere());
  }

  private void assertRefused(String sentence, String config, String... more) {
    assertThatThrownBy(() -> train(config, more)).hasMessage(sentence);
  }

  private static final String SEED =
      """
      data.source = mackey-glass
      window { timeCol = time, valueCols = [value], windowSize = 50, horizon = 6 }
      model { units = [4], maxIter = 1 }
      """;

  @ParameterizedTest
  @CsvSource({
    "model.epochs, model.maxIter",
    "model.learning_rate, model.learningRate",
    "window.windowsize, window.windowSize",
    "data.pth, data.path",
    "splt.train, split.train"
  })
  void unknownKeySaysWhichWasMeant(String wrong, String meant) {
    assertThatThrownBy(() -> train(SEED, "--set", wrong + "=1"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("there is no config key \"" + wrong + "\"; did you mean \"" + meant);
  }

  @ParameterizedTest
  @CsvSource({"maxIter, model.maxIter", "windowsize, window.windowSize"})
  void keyWithoutItsSectionIsFoundByItsName(String wrong, String meant) {
    assertRefused(
        "there is no config key \"" + wrong + "\"; did you mean \"" + meant + "\"?",
        SEED,
        "--set",
        wrong + "=1");
  }

  @Test
  void keyLikeNoOtherListsWhatThereIs() {
    assertRefused(
        "there is no config key \"output.colour\"; \"output\" may have model, report, overwrite,"
            + " path, format, options.",
        SEED,
        "--set",
        "output.colour=red");
    assertRefused(
        "there is no config key \"bananas\"; the sections are estimator, data, features, window,"
            + " sequence, standardize, split, model, calibrate, anomaly, sample, forecast, output, input and"
            + " export.",
        SEED,
        "--set",
        "bananas=1");
  }

  @Test
  void unknownEstimator() {
    assertRefused(
        "estimator is \"transformer\"; it must be regressor, classifier, tagger, languageModel,"
            + " forecaster.",
        SEED,
        "--set",
        "estimator=transformer");
  }

  @Test
  void sectionThatAForecasterDoesNotRead() {
    assertRefused(
        "estimator is \"forecaster\" and \"window\" is set, which it does not read: it scales and"
            + " cuts the series itself, as its params under \"model\" say. Leave \"window\" out.",
        SEED,
        "--set",
        "estimator=forecaster",
        "--set",
        "model.timeCol=t");
  }

  @Test
  void paramOfAnotherEstimatorIsUnknown() {
    assertThatThrownBy(
            () -> train(SEED, "--set", "estimator=classifier", "--set", "model.loss=mae"))
        .hasMessageStartingWith("there is no config key \"model.loss\";");
  }

  @Test
  void featuresThatAreNoStages() {
    assertRefused(
        "\"features[0]\" is TokenIndexer; it must be an object with the class of a stage at"
            + " \"stage\", such as { stage = TokenIndexer, inputCol = name, outputCol = features }.",
        SEED,
        "--set",
        "features=[TokenIndexer]");
    for (String wrong : List.of("TokenIndexr", "java.lang.String", "sparkrnn.ml.RnnModel")) {
      assertRefused(
          "\"features[0].stage\" is \""
              + wrong
              + "\"; it must be a stage of sparkrnn.feature, such as TokenIndexer or SequenceScaler,"
              + " of Spark's ml.feature, such as SQLTransformer, or the full name of another class.",
          SEED,
          "--set",
          "features=[{stage = \"" + wrong + "\"}]");
    }
    assertRefused("\"features\" is 3; it must be a list.", SEED, "--set", "features=3");
  }

  @Test
  void paramThatAFeatureStageHasNot() {
    assertThatThrownBy(
            () -> train(SEED, "--set", "features=[{stage = TokenIndexer, words = name}]"))
        .hasMessageStartingWith(
            "\"features[0]\": TokenIndexer has no param \"words\"; it has handleInvalid, inputCol,");
  }

  @Test
  void sectionThatOnlyAnotherEstimatorReads() {
    assertRefused(
        "\"sample\" is set and estimator is \"regressor\"; only \"languageModel\" reads it. Leave it"
            + " out.",
        SEED,
        "--set",
        "sample.prompt=a");
    assertRefused(
        "\"calibrate\" is set and estimator is \"regressor\"; only \"forecaster\" reads it. Leave it"
            + " out.",
        SEED,
        "--set",
        "calibrate=true");
    assertRefused(
        "\"anomaly\" is set and estimator is \"classifier\"; only \"regressor\" reads it. Leave it"
            + " out.",
        SEED,
        "--set",
        "estimator=classifier",
        "--set",
        "anomaly.series=a");
  }

  @Test
  void anomaliesWithoutWindowsOrWithOthers() throws IOException {
    String split = "split { kind = order, train = 2000, validation = 500 }\n";
    assertRefused(
        "the config has no \"anomaly.windows\"; it names the file of labelled windows.",
        SEED + split,
        "--set",
        "anomaly.series=a");
    Path none = directory.resolve("none.json");
    assertRefused(
        "the file \"" + none + "\" of anomaly.windows doesn't exist.",
        SEED + split,
        "--set",
        "anomaly.windows=\"" + none + "\"",
        "--set",
        "anomaly.series=a");
    Path file = Files.writeString(directory.resolve("windows.json"), "{\"a\": [[\"now\", 3]]}");
    String windows = "anomaly.windows=\"" + file + "\"";
    assertRefused(
        "the file \"" + file + "\" has no windows of the series \"b\".",
        SEED + split,
        "--set",
        windows,
        "--set",
        "anomaly.series=b");
    assertRefused(
        "the file \""
            + file
            + "\" has the window [\"now\",3]; it must be two times such as"
            + " \"2014-10-30 15:30:00\".",
        SEED + split,
        "--set",
        windows,
        "--set",
        "anomaly.series=a");
  }

  @Test
  void wordWhereAFlagBelongs() {
    assertRefused(
        "\"standardize\" is maybe; it must be true or false.", SEED, "--set", "standardize=maybe");
  }

  @Test
  void emptyModelPath() {
    assertRefused(
        "\"output.model\" is empty; give it a value, or leave it out.",
        SEED,
        "--set",
        "output.model=\"\"");
  }

  @Test
  void overrideWithoutAValue() {
    assertRefused(
        "--set \"model.maxIter\" is not key=value; for example --set model.maxIter=5.",
        SEED,
        "--set",
        "model.maxIter");
  }

  @Test
  void wordWhereANumberBelongs() {
    assertRefused(
        "\"model.maxIter\" is many; it must be a whole number of at most 2147483647.",
        SEED,
        "--set",
        "model.maxIter=many");
  }

  @Test
  void fractionWhereAWholeNumberBelongs() {
    assertRefused(
        "\"model.batchSize\" is 2.5; it must be a whole number of at most 2147483647.",
        SEED,
        "--set",
        "model.batchSize=2.5");
  }

  @Test
  void wholeNumberThatIsTooLarge() {
    assertRefused(
        "\"model.maxIter\" is 4294967298; it must be a whole number of at most 2147483647.",
        SEED,
        "--set",
        "model.maxIter=4294967298");
  }

  @Test
  void valueThatTheParamRefuses() {
    assertRefused(
        "RnnRegressor: units is 0; it must be at least 1 for every layer, and there must be at least"
            + " one layer.",
        SEED,
        "--set",
        "model.units=[0]");
  }

  @Test
  void noData() {
    assertRefused(
        "the config names no data; set data.path (and data.format), data.table, or data.source to"
            + " mackey-glass, adding or locale-names.",
        "model.maxIter = 1");
  }

  @Test
  void unknownSource() {
    assertRefused(
        "data.source is \"lorenz\"; it must be mackey-glass, adding, locale-names, files or table.",
        SEED,
        "--set",
        "data.source=lorenz");
  }

  @Test
  void pathWithoutAFormat() {
    assertRefused(
        "data.path \"readings\" does not say its format; set data.format to csv, parquet, json,"
            + " jsonl, text or another format that Spark reads.",
        "data.path = readings");
  }

  @Test
  void splitThatTheDataCanNotFill() {
    assertRefused(
        "split.train 5000, split.validation 0 and split.test 0 don't fit 2945 examples.",
        SEED,
        "--set",
        "split.train=5000");
  }

  @Test
  void splitThatLeavesNothingToTrainOn() {
    assertRefused(
        "no example is for training; of the parts train, validation and test there are: \"test\" 2945."
            + " Check the sections split and window.",
        SEED,
        "--set",
        "split.kind=rows",
        "--set",
        "split.train=5");
  }

  @Test
  void splitByAColumnThatIsNotThere() {
    assertRefused(
        "split.by is \"day\" and the examples have no such column; they have \"windowStart\","
            + " \"windowEnd\", \"targetTime\", \"features\", \"label\".",
        SEED,
        "--set",
        "split.by=day");
  }

  @Test
  void unknownSplit() {
    assertRefused(
        "split.kind is \"middle\"; it must be rows, order, random or column.",
        SEED,
        "--set",
        "split.kind=middle");
  }

  @Test
  void standardizedBeforeTheSplitIsKnown() {
    assertRefused(
        "standardize needs split.kind \"rows\": mean and deviation are those of the training rows.",
        SEED,
        "--set",
        "standardize=true");
  }

  @Test
  void modelPathThatIsTaken() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("model"));
    assertRefused(
        "output.model \"" + taken + "\" exists; give another path, or --set output.overwrite=true.",
        SEED,
        "--set",
        "output.model=\"" + taken + "\"");
  }

  @Test
  void modelPathThatCanNotBeMade() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> train(SEED, "--set", "output.model=\"" + file + "/model\""))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("output.model \"" + file + "/model\" can't be ");
  }

  @Test
  void metricsPathThatCanNotBeMade() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> train(SEED, "--metrics", file + "/metrics.json"))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(
            "the metrics can't be written to \"" + file + "/metrics.json\": the directory ");
  }

  @Test
  void malformedConfigSaysWhere() {
    assertThatThrownBy(() -> train("data { source = "))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("the config can't be read: ")
        .hasMessageContaining("job.conf: 1");
  }

  @Test
  void argumentsThatNobodyKnows() {
    assertThatThrownBy(() -> JobArguments.parse(JobCommand.TRAIN, "conf/seed.conf", "--epochs"))
        .hasMessage("there is no option \"--epochs\"; see --help.");
    assertThatThrownBy(() -> JobArguments.parse(JobCommand.TRAIN, "one.conf", "two.conf"))
        .hasMessage("\"one.conf\" and \"two.conf\" are two config files; give one.");
    assertThatThrownBy(() -> JobArguments.parse(JobCommand.TRAIN, "--metrics"))
        .hasMessage("--metrics needs a value; see --help.");
  }

  /** If it fails, the run file in a report makes another run, or nobody can read its SQL. */
  @Test
  void shownConfigIsTheSameConfigWithItsLines() throws IOException {
    String sql = "\n SELECT 'a\\\\n' AS \\\"x\\\"\n FROM __THIS__";
    Path file =
        Files.writeString(
            directory.resolve("job.conf"),
            "data { source = adding, sql = \""
                + sql.replace("\n", "\\n")
                + "\" }\nmodel.units = [4]\n");
    String shown = JobConfig.of(JobArguments.parse(JobCommand.TRAIN, file.toString())).shown();
    assertThat(shown).contains("sql=\"\"\"\n SELECT 'a\\n' AS \"x\"\n FROM __THIS__\"\"\"");
    Path again = Files.writeString(directory.resolve("again.conf"), shown);
    JobConfig read = JobConfig.of(JobArguments.parse(JobCommand.TRAIN, again.toString()));
    assertThat(read.text("data.sql", "")).isEqualTo("\n SELECT 'a\\n' AS \"x\"\n FROM __THIS__");
    assertThat(read.shown()).isEqualTo(shown);
  }

  @Test
  void everyRunFileInConfHasOnlyKnownKeys() throws IOException {
    try (var files = Files.list(Path.of("conf"))) {
      List<Path> configs = files.filter(file -> file.toString().endsWith(".conf")).toList();
      assertThat(configs).hasSizeGreaterThanOrEqualTo(3);
      for (Path config : configs) {
        assertThat(
                JobConfig.of(JobArguments.parse(JobCommand.TRAIN, config.toString())).has("model"))
            .as(config.toString())
            .isTrue();
      }
    }
  }
}
