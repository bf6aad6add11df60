package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.LocalSpark;
import sparkrnn.ml.RnnForecastModel;
import sparkrnn.ml.RnnRegressionModel;

/** Whole training jobs from any source that Spark reads. */
@ExtendWith(LocalSpark.class)
final class TrainTest {

  @TempDir private Path directory;
  private final SparkSession spark;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  TrainTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Two series of 300 points: sines of different phases, and their slopes. */
  private Dataset<Row> readings() {
    return spark
        .range(600)
        .select(
            functions.col("id").mod(2).as("meter"),
            functions.floor(functions.col("id").divide(2)).as("at"))
        .withColumn(
            "load",
            functions.sin(functions.col("at").divide(5).plus(functions.col("meter"))).multiply(3))
        .withColumn(
            "slope", functions.cos(functions.col("at").divide(5).plus(functions.col("meter"))));
  }

  private static final String WINDOW =
      """
      window {
        keyCols = [meter], timeCol = at, valueCols = [load, slope], targetCols = [load]
        windowSize = 10, horizon = 4
      }
      model { cell = gru, units = [8], learningRate = 0.01, maxIter = 6, seed = 4 }
      """;

  private TrainingReport train(String config, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("job.conf"), config);
    String[] arguments = new String[more.length + 1];
    arguments[0] = file.toString();
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Train.run(JobArguments.parse(JobCommand.TRAIN, arguments), printer(), printer());
  }

  private PrintStream printer() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static void assertLearned(TrainingReport report) {
    double floor = (double) report.value("baselineLoss");
    assertThat((double) report.value("testLoss")).as("floor %s", floor).isLessThan(0.5 * floor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet", "json", "orc"})
  void readsEveryFormatThatSparkReads(String format) throws IOException {
    readings().write().option("header", true).format(format).save(path("data." + format));
    assertLearned(train("data.path = \"" + path("data." + format) + "\"\n" + WINDOW));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("naive: last value")
        .contains("naive: mean of the training labels")
        .contains("test loss (mse): ");
  }

  @Test
  void readsLinesOfJsonByTheirOtherName() throws IOException {
    Path file = directory.resolve("data.jsonl");
    Files.write(file, readings().toJSON().collectAsList());
    assertLearned(train("data.path = \"" + file + "\"\n" + WINDOW));
  }

  @Test
  void readsATable() throws IOException {
    readings().createOrReplaceTempView("readings");
    assertLearned(train("data.table = readings\n" + WINDOW));
  }

  @Test
  void passesReaderOptionsOn() throws IOException {
    readings().write().option("sep", ";").option("header", true).csv(path("semicolons"));
    assertLearned(
        train(
            "data { path = \""
                + path("semicolons")
                + "\", format = csv, options { sep = \";\" } }\n"
                + WINDOW));
  }

  @Test
  void forecasterTrainsOnRowsOfSeriesAndIsTestedFromEveryOrigin() throws IOException {
    readings().createOrReplaceTempView("readings");
    TrainingReport report =
        train(
            """
            estimator = forecaster
            data.table = readings
            split { kind = rows, train = 200, validation = 50, test = 50 }
            calibrate = true
            model {
              keyCols = [meter], timeCol = at, targetCols = [load], pastCovariateCols = [slope]
              contextLength = 10, horizon = 4, distribution = quantile
              cell = gru, units = [8], learningRate = 0.01, maxIter = 6, seed = 4
            }
            """,
            "--set",
            "output.model=" + path("forecaster"),
            "--report",
            path("forecaster.html"));
    assertLearned(report);
    // Two series from four origins: the best, the median and the worst are drawn.
    assertThat(Files.readString(Path.of(path("forecaster.html"))))
        .contains("of 8:", "rows after the origin", "mean absolute error", ">interval<");
    // 200 - 10 - 4 + 1 windows of each series, 50 - 4 + 1 validate and as many test.
    assertThat((long) report.value("trainingSequences")).isEqualTo(2 * 187);
    assertThat((long) report.value("validationSequences")).isEqualTo(2 * 47);
    assertThat((long) report.value("testSequences")).isEqualTo(2 * 47);
    assertThat((double) report.value("testCoverage")).isBetween(0.3, 1.0);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("naive: season before", "test loss (mae): ", ", coverage: ");
    assertForecasts(RnnForecastModel.load(path("forecaster")));
  }

  /** The job gives the rows of the model's forecast, as many of each series as are asked for. */
  private void assertForecasts(RnnForecastModel model) throws IOException {
    String[] arguments = {
      path("job.conf"),
      "--model",
      path("forecaster"),
      "--format",
      "csv",
      "--horizon",
      "3",
      "--output",
      path("forecasts"),
      "--metrics",
      path("forecasts.json")
    };
    Forecast.run(JobArguments.parse(JobCommand.FORECAST, arguments), printer());
    Dataset<Row> found =
        spark.read().option("header", true).option("inferSchema", true).csv(path("forecasts"));
    assertThat(found.columns()).contains("meter", "at", "step", "load_prediction", "load_upper");
    assertThat(found.select("meter", "step", "load_prediction").collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            model
                .forecast(readings())
                .filter("step <= 3")
                .selectExpr("int(meter) AS meter", "step", "load_prediction")
                .collectAsList());
    assertThat(Files.readString(Path.of(path("forecasts.json")))).contains("\"rows\" : 6");
    arguments[6] = "5";
    assertThatThrownBy(
            () -> Forecast.run(JobArguments.parse(JobCommand.FORECAST, arguments), printer()))
        .hasMessage(
            "output.path \"%s\" exists; give another path, or --set output.overwrite=true.",
            path("forecasts"));
    arguments[8] = path("more");
    assertThatThrownBy(
            () -> Forecast.run(JobArguments.parse(JobCommand.FORECAST, arguments), printer()))
        .hasMessage(
            "forecast.horizon is 5; the model \"%s\" forecasts 1 to 4 rows. Train one with a longer"
                + " model.horizon, or ask for fewer.",
            path("forecaster"));
    assertThatThrownBy(
            () ->
                Generate.run(
                    JobArguments.parse(
                        JobCommand.GENERATE, "--model", path("forecaster"), "--prompt", "a"),
                    printer()))
        .hasMessage(
            "the model \"%s\" ends with a RnnForecastModel, which is no language model.",
            path("forecaster"));
  }

  @Test
  void orderOfTimeSplitsWindowsOfAllSeriesTheSameWayWhateverThePartitioning() throws IOException {
    readings().createOrReplaceTempView("readings");
    readings().repartition(7).createOrReplaceTempView("readings_spread");
    String split = "split { kind = order, train = 0.7, validation = 0.1 }\n";
    TrainingReport one = train("data.table = readings\n" + split + WINDOW);
    TrainingReport other = train("data.table = readings_spread\n" + split + WINDOW);
    assertThat(other.value("testLoss")).isEqualTo(one.value("testLoss"));
    assertThat((long) one.value("validationSequences")).isEqualTo(57);
    assertThat((long) one.value("trainingSequences")).isEqualTo(402);
    assertThat((long) one.value("testSequences")).isEqualTo(115);
  }

  @Test
  void rowsSplitCutsTheSeriesBeforeWindowsAreMade() throws IOException {
    readings().createOrReplaceTempView("readings");
    TrainingReport report =
        train(
            "data.table = readings\nstandardize = true\n"
                + "split { kind = rows, train = 200, validation = 50, test = 50 }\n"
                + WINDOW);
    // Of each series: targets in rows 13 to 199, 200 to 249 and 250 to 299.
    assertThat((long) report.value("trainingSequences")).isEqualTo(2 * 187);
    assertThat((long) report.value("validationSequences")).isEqualTo(2 * 50);
    assertThat((long) report.value("testSequences")).isEqualTo(2 * 50);
    assertLearned(report);
  }

  @Test
  void sequencesOfEventsAreAssembledAndSplitAtRandom() throws IOException {
    spark
        .range(1200)
        .select(
            functions.col("id").mod(200).as("customer"),
            functions.col("id").as("at"),
            functions.sin(functions.col("id").multiply(37)).as("amount"))
        .withColumn(
            "total",
            functions.round(
                functions
                    .sum("amount")
                    .over(
                        org.apache.spark.sql.expressions.Window.partitionBy("customer")
                            .orderBy("at")
                            .rowsBetween(Long.MIN_VALUE, Long.MAX_VALUE)),
                9))
        .createOrReplaceTempView("events");
    TrainingReport report =
        train(
            """
            data.table = events
            sequence { keyCols = [customer], timeCol = at, valueCols = [amount], carryCols = [total] }
            split { kind = random, train = 0.75 }
            model {
              labelCol = total, cell = gru, units = [12], learningRate = 0.01, maxIter = 25, batchSize = 8
            }
            """);
    assertLearned(report);
  }

  @Test
  void savedModelIsTheOneThatWasTested() throws IOException {
    readings().createOrReplaceTempView("readings");
    train(
        "data.table = readings\n" + WINDOW,
        "--set",
        "output.model=\"" + path("model") + "\"",
        "--metrics",
        path("metrics.json"));
    assertThat(RnnRegressionModel.load(path("model")).getSeed()).isEqualTo(4);
    assertThat(Files.readString(Path.of(path("metrics.json")))).contains("\"seed\" : 4");
  }

  @Test
  void scoreAddsPredictionsForRowsThatHaveNoTargetYet() throws IOException {
    readings().createOrReplaceTempView("readings");
    train("data.table = readings\n" + WINDOW, "--set", "output.model=\"" + path("model") + "\"");
    Score.run(
        JobArguments.parse(
            JobCommand.SCORE,
            path("job.conf"),
            "--set",
            "output.model=\"" + path("model") + "\"",
            "--set",
            "output.path=\"" + path("scored") + "\""),
        printer());
    Dataset<Row> scored = spark.read().parquet(path("scored"));
    assertThat(scored.count()).isEqualTo(2 * (300 - 10 + 1));
    assertThat(scored.agg(functions.max("windowEnd")).head().getLong(0)).isEqualTo(299);
    assertThat(scored.filter("prediction is null").count()).isZero();
  }

  @Test
  void modelOfStandardizedRowsTakesRawOnes() throws IOException {
    readings().createOrReplaceTempView("readings");
    train(
        "data.table = readings\nstandardize = true\nsplit.kind = rows\n" + WINDOW,
        "--set",
        "output.model=\"" + path("model") + "\"");
    Score.run(
        JobArguments.parse(
            JobCommand.SCORE,
            path("job.conf"),
            "--set",
            "output.model=\"" + path("model") + "\"",
            "--set",
            "output.path=\"" + path("scored") + "\""),
        printer());
    // The load is a sine of height 3, and so are its predictions, in its own units.
    Row extremes =
        spark
            .read()
            .parquet(path("scored"))
            .agg(functions.min("prediction"), functions.max("prediction"), functions.count("*"))
            .head();
    assertThat(extremes.getDouble(0)).isBetween(-3.6, -2.2);
    assertThat(extremes.getDouble(1)).isBetween(2.2, 3.6);
    assertThat(extremes.getLong(2)).isEqualTo(2 * (300 - 10 + 1));
  }

  /** A sine that stands still for a while: its values are usual, its errors are not. */
  @Test
  void errorsOfForecastsPointAtAnomaliesThatValuesHide() throws IOException {
    spark
        .range(600)
        .selectExpr(
            "timestamp_seconds(id * 60) AS at",
            "IF(id BETWEEN 400 AND 420, 0.2D, sin(id / 3)) AS v")
        .createOrReplaceTempView("stuck");
    Path windows =
        Files.writeString(
            directory.resolve("windows.json"),
            spark
                .sql(
                    "SELECT to_json(map('stuck', array(array(max(IF(n = 398, at, NULL)),"
                        + " max(IF(n = 425, at, NULL)))))) FROM (SELECT CAST(at AS STRING) AS at,"
                        + " row_number() OVER (ORDER BY stuck.at) - 1 AS n FROM stuck)")
                .head()
                .getString(0));
    String config =
        """
        data.table = stuck
        window { timeCol = at, valueCols = [v], windowSize = 12 }
        split { kind = rows, train = 200, validation = 100 }
        anomaly { series = stuck, smoothing = 3, deviations = 6 }
        model { cell = gru, units = [12], learningRate = 0.01, maxIter = 30, seed = 1 }
        """;
    TrainingReport report = train(config, "--set", "anomaly.windows=\"" + windows + "\"");
    assertThat(report.value("anomalyHits")).isEqualTo(1);
    assertThat(report.value("anomalyWindows")).isEqualTo(1);
    assertThat((int) report.value("anomalyFalseAlarms")).isZero();
    assertThat(report.value("baselineAnomalyHits")).isEqualTo(0);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("anomalies, naive: z-score of the value: 0 of 1 windows (missed)")
        .contains("anomalies, errors of the forecasts:     1 of 1 windows (hit), 0 false alarms");
  }

  /** The run file that needs no download, and the pipeline that it saves. */
  @Test
  void classifierLearnsTheLanguageOfNames() throws IOException {
    String config = Files.readString(Path.of("conf/language-id.conf"));
    String model = "output.model=\"" + path("model") + "\"";
    TrainingReport report =
        train(
            config,
            "--set",
            "model.maxIter=3",
            "--set",
            "model.units=[32]",
            "--set",
            "model.embeddingSizes=[16]",
            "--set",
            model);
    double floor = (double) report.value("baselineAccuracy");
    assertThat(floor).isBetween(0.04, 0.12);
    assertThat((double) report.value("testAccuracy")).isGreaterThan(4 * floor);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("naive: most frequent class")
        .contains("embedding_0 (Embedding)")
        .containsPattern("test loss \\(cross entropy\\): [0-9.]+, accuracy: [0-9.]+ %");

    String output = "output.path=\"" + path("scored") + "\"";
    Score.run(
        JobArguments.parse(JobCommand.SCORE, path("job.conf"), "--set", model, "--set", output),
        printer());
    Dataset<Row> scored = spark.read().parquet(path("scored"));
    assertThat(scored.columns()).contains("name", "probability", "prediction");
    assertThat(scored.filter("prediction is null").count()).isZero();
  }

  /** The names of the JDK one after the other: their letters are no coin tosses. */
  @Test
  void languageModelLearnsTheLettersOfNamesAndMakesSomeUp() throws IOException {
    String config =
        """
        estimator = languageModel
        data {
          source = locale-names
          sql = \"\"\"
            SELECT IF(language = 'de', 'test', 'train') AS part, concat(lower(name), '\\n') AS text
            FROM __THIS__ WHERE language IN ('en', 'de') AND name RLIKE '^[A-Za-z ]+$'\"\"\"
        }
        split { kind = column, column = part }
        model {
          featuresCol = text, embeddingSizes = [12], cell = gru, units = [24]
          bpttLength = 20, batchSize = 8, learningRate = 0.01, maxIter = 3
        }
        sample { prompt = "united ", length = 30, topK = 5 }
        """;
    TrainingReport report = train(config, "--set", "output.model=\"" + path("text") + "\"");
    double floor = (double) report.value("baselineLoss");
    assertThat(floor).isBetween(2.5, 3.2);
    assertThat((double) report.value("testLoss")).isLessThan(floor - 0.1);
    assertThat((double) report.value("uniformLoss")).isGreaterThan(floor);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("naive: frequency of the token")
        .containsPattern("united [a-z \n]{23}")
        .containsPattern("tokens/s")
        .containsPattern("test loss \\(nats per token\\): [0-9.]+, perplexity: [0-9.]+");
    String drawn = generate("--prompt", "united ", "--length", "30", "--top-k", "5");
    assertThat(drawn).matches("united [a-z \n]{30}\n");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(drawn);
    assertThat(generate("--prompt", "united ", "--length", "30", "--top-k", "5", "--seed", "2"))
        .isNotEqualTo(drawn);
    assertThatThrownBy(() -> generate())
        .hasMessage(
            "the config has no \"sample.prompt\"; give --prompt, which the text goes on from.");
  }

  /** What the job draws by the model that was just trained, without a config file. */
  private String generate(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--model", path("text")));
    arguments.addAll(List.of(options));
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    Generate.run(
        JobArguments.parse(JobCommand.GENERATE, arguments.toArray(new String[0])),
        new PrintStream(drawn, true, StandardCharsets.UTF_8));
    return drawn.toString(StandardCharsets.UTF_8);
  }

  @Test
  void scoreLoadsAClassifierThatWasSavedAlone() throws IOException {
    readings()
        .selectExpr("array(load, slope) AS features", "IF(load > 0, 'up', 'down') AS label", "at")
        .createOrReplaceTempView("ups");
    String config =
        """
        estimator = classifier
        data { table = ups, sql = "SELECT * FROM __THIS__ WHERE at > 9" }
        split.kind = random
        model { units = [6], maxIter = 4, learningRate = 0.01 }
        """;
    String model = "output.model=\"" + path("model") + "\"";
    TrainingReport report = train(config, "--set", model);
    assertThat((double) report.value("testAccuracy")).isGreaterThan(0.8);
    String output = "output.path=\"" + path("scored") + "\"";
    Score.run(
        JobArguments.parse(JobCommand.SCORE, path("job.conf"), "--set", model, "--set", output),
        printer());
    assertThat(spark.read().parquet(path("scored")).count()).isEqualTo(2 * 290);
  }

  /** Where do the words of the JDK's names begin? A character alone does not say it. */
  @Test
  void taggerLearnsWhereWordsBegin() throws IOException {
    String config =
        """
        estimator = tagger
        data {
          source = locale-names
          sql = \"\"\"
            SELECT letters, transform(letters, (x, t) -> CASE
              WHEN x = ' ' THEN 'O'
              WHEN t = 0 OR letters[t - 1] = ' ' THEN 'B-WORD'
              ELSE 'I-WORD' END) AS tags
            FROM (SELECT split(lower(name), '') AS letters FROM __THIS__
              WHERE name LIKE '% %' AND language = 'en' AND length(name) < 30)\"\"\"
        }
        split { kind = random, train = 0.7 }
        features = [
          { stage = TokenIndexer, inputCol = letters, outputCol = features, tokens = array }
        ]
        model {
          labelCol = tags, embeddingSizes = [8], cell = gru, units = [12], crf = true
          learningRate = 0.03, maxIter = 8, batchSize = 16
        }
        """;
    String model = "output.model=\"" + path("model") + "\"";
    TrainingReport report = train(config, "--set", model);
    double floor = (double) report.value("baselineAccuracy");
    assertThat(floor).isBetween(0.75, 0.92);
    assertThat((double) report.value("testAccuracy")).isGreaterThan(floor + 0.05);
    assertThat((double) report.value("testEntityF1")).isGreaterThan(0.85);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("naive: most frequent label of each features", "entity F1")
        .containsPattern("test loss \\(negative log likelihood\\): [0-9.]+, accuracy: [0-9.]+ %");
    String output = "output.path=\"" + path("scored") + "\"";
    Score.run(
        JobArguments.parse(JobCommand.SCORE, path("job.conf"), "--set", model, "--set", output),
        printer());
    Dataset<Row> scored = spark.read().parquet(path("scored"));
    assertThat(scored.filter("size(prediction) = size(letters)").count())
        .isEqualTo(scored.count())
        .isPositive();
  }

  @Test
  void rowsWithoutALabelAreLeftOutOfTheNaiveForecastsToo() throws IOException {
    readings()
        .selectExpr("meter", "at", "load", "slope", "array(load, slope) AS sequence")
        .selectExpr("sequence", "IF(at % 7 = 0, NULL, load) AS load", "at")
        .createOrReplaceTempView("sequences");
    TrainingReport report =
        train(
            """
            data.table = sequences
            split { kind = random, train = 0.7 }
            model {
              featuresCol = sequence, labelCol = load, handleInvalid = skip
              cell = gru, units = [8], learningRate = 0.01, maxIter = 6
            }
            """);
    assertLearned(report);
  }

  @Test
  void testThatFailsDoesNotLoseWhatIsKnownOfTheTraining() throws IOException {
    readings()
        .selectExpr(
            "array(load, slope) AS sequence",
            "IF(at = 299, NULL, load) AS load",
            "IF(at < 250, 'train', 'test') AS part")
        .createOrReplaceTempView("broken_test");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                train(
                    """
                    data.table = broken_test
                    split { kind = column, column = part }
                    model { featuresCol = sequence, labelCol = load, units = [4], maxIter = 1 }
                    """,
                    "--metrics",
                    path("metrics.json")))
        .hasMessageContaining("is null; every row needs a label");
    assertThat(Files.readString(Path.of(path("metrics.json"))))
        .contains("\"testLoss\" : null")
        .contains("\"epochs\" : 1");
  }

  /** If it fails, a column's name or a text of the rows gets into the report as markup. */
  @Test
  void reportOfARunHasAllItsSectionsAndNoMarkupOfTheData() throws Exception {
    String hostile = "load<script>";
    readings()
        .withColumnRenamed("load", hostile)
        .withColumn("meter", functions.concat(functions.lit("<b>"), functions.col("meter")))
        .createOrReplaceTempView("readings");
    String config =
        "data.table = readings\n"
            + WINDOW
                .replace("[load, slope]", "[\"" + hostile + "\"]")
                .replace("[load]", "[\"" + hostile + "\"]");
    Path file = directory.resolve("report.html");
    TrainingReport report =
        train(
            config,
            "--set",
            "model.validationFraction=0.2",
            "--set",
            "data.options.password=hunter2",
            "--report",
            file.toString());
    org.w3c.dom.Document page =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile());
    String text = page.getDocumentElement().getTextContent();
    assertThat(texts(page, "h2"))
        .containsExactly(
            "Test",
            "Training",
            "Predictions against truth",
            "Worst cases",
            "Data",
            "Model",
            "Timing",
            "Configuration");
    assertThat(texts(page, "figcaption"))
        .anyMatch(caption -> caption.startsWith("Loss") && caption.contains("validation"))
        .anyMatch(caption -> caption.startsWith("Learning rate"))
        .anyMatch(caption -> caption.startsWith("Gradient norm"))
        .anyMatch(caption -> caption.startsWith("Prediction (upright) against truth"));
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("b").getLength())
        .isEqualTo(page.getElementsByTagName("small").getLength());
    assertThat(text)
        .contains(hostile, "<b>1", "naive: last value", "gru_0")
        .contains(TrainingReport.show((double) report.value("testLoss")))
        .contains("(not shown)")
        .doesNotContain("hunter2");
    assertThat(directory.resolve(".report.html.crc")).doesNotExist();
  }

  private static List<String> texts(org.w3c.dom.Document page, String element) {
    org.w3c.dom.NodeList found = page.getElementsByTagName(element);
    return java.util.stream.IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  /**
   * If it fails, the report of a classifier, a tagger or a language model ends a run in an error.
   */
  @ParameterizedTest
  @ValueSource(strings = {"classifier", "tagger", "languageModel"})
  void reportOfEveryOtherTaskNamesItsWorstCases(String estimator) throws Exception {
    spark
        .range(200)
        .selectExpr(
            "transform(sequence(0, 3 + id % 3), t -> IF((id * 7 + t * t) % 5 < 2, 'a', 'b')) AS words",
            "transform(sequence(0, 3 + id % 3), t -> float((id + t) % 4)) AS features",
            "transform(sequence(0, 3 + id % 3), t -> IF((id * 3 + t) % 4 < 2, 'X', 'Y')) AS tags",
            "IF(id % 3 = 0, 'odd <one>', 'other') AS kind",
            "concat_ws(' ', 'tell', id, id * 17 % 13, 'and', id % 5) AS text")
        .createOrReplaceTempView("tasks");
    String columns =
        switch (estimator) {
          case "classifier" -> "labelCol = kind";
          case "tagger" -> "labelCol = tags";
          default -> "featuresCol = text, batchSize = 4, bpttLength = 10";
        };
    Path file = directory.resolve("report.html");
    train(
        "estimator = "
            + estimator
            + "\ndata.table = tasks\nsplit { kind = random, train = 0.7 }\nmodel { "
            + columns
            + ", cell = gru, units = [4], maxIter = 1, seed = 3 }\n",
        "--report",
        file.toString());
    org.w3c.dom.Document page =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile());
    assertThat(texts(page, "h2")).contains("Predictions against truth", "Worst cases", "Data");
    assertThat(page.getDocumentElement().getTextContent())
        .contains(
            switch (estimator) {
              case "classifier" -> "odd <one>";
              case "tagger" -> "which: truth → prediction";
              default -> "nats per token";
            })
        .contains(estimator.equals("languageModel") ? "tokens/s" : "sequences/s");
  }

  /** If it fails, hours of training end in a report that can't be written. */
  @Test
  void reportThatCannotBeWrittenIsRefusedBeforeTheTraining() throws IOException {
    readings().createOrReplaceTempView("readings");
    Path taken = Files.writeString(directory.resolve("taken.html"), "mine");
    assertThatThrownBy(
            () -> train("data.table = readings\n" + WINDOW, "--set", "output.report=" + taken))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "output.report \""
                + taken
                + "\" exists; give another path, or --set output.overwrite=true.");
    assertThat(taken).hasContent("mine");
  }
}
