package sparkrnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.feature.SequenceScaler;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/**
 * What docs/streaming.md shows runs, and gives the predictions of the same model on a table. The
 * examples are compiled against Spark 4, whose DataStreamWriter is another class than that of 3.5.
 */
@Tag("spark-4.0")
@ExtendWith(LocalSpark.class)
final class StreamingExamplesTest {

  private static final int METERS = 3;
  private static final int EVENTS = 12;
  private static final String PROVIDER = "spark.sql.streaming.stateStore.providerClass";
  private static final String ROCKSDB =
      "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider";

  @TempDir private Path directory;
  private final SparkSession spark;

  /** A session of its own, for the settings of the streams. */
  StreamingExamplesTest(SparkSession shared) {
    spark = shared.newSession();
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    spark.conf().set("spark.sql.session.timeZone", "UTC");
    spark.conf().set(PROVIDER, ROCKSDB);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  /** Events of three meters: at, load, temperature. */
  private Dataset<Row> events() {
    return spark
        .range(METERS * EVENTS)
        .selectExpr(
            "concat('m', id % 3) AS meter",
            "id div 3 AS at", "sin(id * 0.7) AS load", "cos(id * 0.3) AS temperature");
  }

  /** A sequence of each meter: its events so far. */
  private Dataset<Row> sequences(Dataset<Row> events) {
    return events
        .groupBy("meter")
        .agg(functions.expr("array_sort(collect_list(struct(at, load, temperature)))").as("events"))
        .selectExpr(
            "meter",
            "transform(events, e -> array(e.load, e.temperature)) AS features",
            "events[0].load AS label");
  }

  private static RnnRegressor regressor() {
    return new RnnRegressor().setCell("lstm").setUnits(5).setBatchSize(2).setEpochs(1).setSeed(3);
  }

  @Test
  void pipelineScoresAStreamAsItScoresATable() throws Exception {
    Dataset<Row> rows = sequences(events());
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SequenceScaler().setInputCol("features").setOutputCol("scaled"),
                  regressor().setFeaturesCol("scaled")
                });
    var model = pipeline.fit(rows);
    model.save(path("model"));
    rows.write().json(path("in"));
    StreamingQuery query =
        StreamScoring.start(spark, path("model"), rows.schema().toDDL(), path("in"), path("out"));
    query.awaitTermination();
    String[] columns = {"meter", "prediction"};
    assertThat(spark.read().parquet(path("out")).selectExpr(columns).collectAsList())
        .hasSize(METERS)
        .containsExactlyInAnyOrderElementsOf(
            model.transform(rows).selectExpr(columns).collectAsList());
  }

  /** Two runs from one checkpoint, several micro-batches: the state must outlive them all. */
  @Test
  @Tag("slow")
  void everyEventIsScoredWithAllOfItsMeterBeforeIt() throws Exception {
    RnnRegressionModel model = regressor().fit(sequences(events()));
    for (int part = 0; part < 3; part++) {
      events().filter("at div 4 = " + part).coalesce(1).write().json(path("part" + part));
    }
    arrive(0, 1);
    run(model);
    arrive(2);
    run(model);
    Dataset<Row> expected = model.transform(histories()).select("meter", "at", "prediction");
    List<Row> scores =
        spark
            .read()
            .parquet(path("out"))
            .withColumnRenamed("prediction", "found")
            .join(expected, new String[] {"meter", "at"}, "full_outer")
            .collectAsList();
    assertThat(scores).hasSize(METERS * EVENTS);
    for (Row score : scores) {
      assertThat(score.<Double>getAs("found"))
          .as("%s", score)
          .isCloseTo(score.<Double>getAs("prediction"), within(2e-6));
    }
  }

  /** For each event the sequence of all events of its meter up to it. */
  private Dataset<Row> histories() {
    return events()
        .selectExpr("meter", "at AS last")
        .join(events(), "meter")
        .filter("at <= last")
        .groupBy("meter", "last")
        .agg(functions.expr("array_sort(collect_list(struct(at, load, temperature)))").as("events"))
        .selectExpr(
            "meter",
            "last AS at",
            "transform(events, e -> array(e.load, e.temperature)) AS features");
  }

  private void arrive(int... parts) throws IOException {
    Files.createDirectories(directory.resolve("events"));
    for (int part : parts) {
      try (var files = Files.list(directory.resolve("part" + part))) {
        Path file =
            files.filter(each -> each.toString().endsWith(".json")).findFirst().orElseThrow();
        Path arrived = Files.copy(file, directory.resolve("events/" + part + ".json"));
        // Files are read in the order of their times.
        Files.setLastModifiedTime(arrived, FileTime.fromMillis(1_000_000_000_000L + part * 1000L));
      }
    }
  }

  private void run(RnnRegressionModel model) throws Exception {
    Dataset<Row> events =
        spark
            .readStream()
            .schema("meter STRING, at BIGINT, load DOUBLE, temperature DOUBLE")
            .option("maxFilesPerTrigger", 1)
            .json(path("events"));
    RunningScores.of(events, model.localScorer())
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", path("checkpoint"))
        .trigger(Trigger.AvailableNow())
        .start(path("out"))
        .awaitTermination();
  }

  /** What is shown is what was compiled and run here. */
  @Test
  void pageShowsTheExamplesAsTheyStandHere() throws IOException {
    String sources = "";
    for (String name : List.of("StreamScoring", "RunningScores")) {
      sources += Files.readString(Path.of("src/test/java/sparkrnn/examples/" + name + ".java"));
    }
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/streaming.md")));
    int blocks = 0;
    while (block.find()) {
      assertThat(squeezed(sources)).contains(squeezed(block.group(1)));
      blocks++;
    }
    assertThat(blocks).isEqualTo(3);
  }

  private static String squeezed(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }
}
