package sparkrnn.jobs;

import java.util.Locale;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows that the config's "data" section asks for. */
final class DataSource {

  private static final int MACKEY_GLASS_LENGTH = 3000;
  private static final int ADDING_SEQUENCES = 20_000;
  private static final int ADDING_TIME_STEPS = 100;

  private DataSource() {}

  /**
   * Reads or makes the rows.
   *
   * @throws JobException if the section is incomplete or names something unknown
   */
  static Dataset<Row> read(SparkSession spark, JobConfig config) {
    Dataset<Row> rows = source(spark, config);
    return config
        .optional("data.sql")
        .map(statement -> new SQLTransformer().setStatement(statement).transform(rows))
        .orElse(rows);
  }

  private static Dataset<Row> source(SparkSession spark, JobConfig config) {
    String source =
        config.text(
            "data.source",
            config.has("data.table") ? "table" : config.has("data.path") ? "files" : "");
    return switch (source) {
      case "mackey-glass" ->
          MackeyGlass.rows(spark, config.integer("data.length", MACKEY_GLASS_LENGTH));
      case "adding" ->
          AddingProblem.rows(
              spark,
              config.integer("data.sequences", ADDING_SEQUENCES),
              config.integer("data.timeSteps", ADDING_TIME_STEPS),
              config.whole("data.seed", 0));
      case "locale-names" -> LocaleNames.rows(spark);
      case "table" -> spark.table(config.required("data.table", "source \"table\" needs its name"));
      case "files" -> files(spark, config);
      case "" ->
          throw new JobException(
              "the config names no data; set data.path (and data.format), data.table, or data.source to mackey-glass, adding or locale-names.");
      default ->
          throw new JobException(
              String.format(
                  Locale.ROOT,
                  "data.source is \"%s\"; it must be mackey-glass, adding, locale-names, files or table.",
                  source));
    };
  }

  private static Dataset<Row> files(SparkSession spark, JobConfig config) {
    String path = config.required("data.path", "it says where the data is");
    String format = config.optional("data.format").orElseGet(() -> formatOf(path));
    if (format.equals("jsonl")) {
      format = "json";
    }
    boolean csv = format.equals("csv");
    return spark
        .read()
        .option("header", csv)
        .option("inferSchema", csv)
        .options(config.textsUnder("data.options"))
        .format(format)
        .load(path);
  }

  private static String formatOf(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "csv", "parquet", "json", "jsonl", "orc" -> ending;
      case "txt" -> "text";
      default ->
          throw new JobException(
              String.format(
                  Locale.ROOT,
                  "data.path \"%s\" does not say its format; set data.format to csv, parquet, json, jsonl, text or another format that Spark reads.",
                  path));
    };
  }
}
