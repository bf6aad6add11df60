package sparkrnn.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import sparkrnn.feature.SlidingWindow;
import sparkrnn.ml.RnnModel;

/** The main behind jobs/score: predictions of a saved model for the data of a config file. */
public final class Score {

  private static final int SHOWN_ROWS = 20;

  private Score() {}

  /** Runs the job and ends the process: 0 for success, 2 for usage, 1 for any other failure. */
  public static void main(String[] arguments) {
    JobProcess.run("score", arguments, Score::run);
  }

  /** Runs the job in this process, in the Spark session that there is or a new one. */
  static void run(JobArguments arguments, PrintStream out) {
    JobConfig config = JobProcess.config(arguments);
    String path = modelPath(config);
    SparkSession spark = JobProcess.session("spark-rnn score " + path);
    config.output("output.path").ifPresent(output -> output.checkWritable(spark));
    Transformer model = model(spark, path);
    Dataset<Row> rows = DataSource.read(spark, config);
    write(model.transform(makesItsWindows(model) ? rows : sequences(rows, config)), config, out);
  }

  /** Where the saved model is. */
  static String modelPath(JobConfig config) {
    return config.has("input.model")
        ? config.text("input.model", "")
        : config.required("output.model", "set it, or input.model, to the saved model");
  }

  /** A pipeline that jobs/train saved with what comes before the model. */
  private static boolean makesItsWindows(Transformer model) {
    return model instanceof PipelineModel pipeline
        && Arrays.stream(pipeline.stages()).anyMatch(stage -> stage instanceof SlidingWindow);
  }

  private static Dataset<Row> sequences(Dataset<Row> rows, JobConfig config) {
    // The newest windows have no target yet, and are those that are asked for.
    return config.has("window")
        ? Preparation.window(config).setTarget("none").transform(rows)
        : Preparation.assembled(rows, config);
  }

  /** A model saved alone or as a stage of a fitted pipeline, whose directory has one of stages. */
  static Transformer model(SparkSession spark, String path) {
    Path stages = new Path(path, "stages");
    try {
      FileSystem files = stages.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return files.exists(stages) ? PipelineModel.load(path) : RnnModel.loadAny(path);
    } catch (IOException unreachable) {
      throw new JobException(
          String.format(
              Locale.ROOT, "the model \"%s\" can't be read: %s.", path, unreachable.getMessage()));
    }
  }

  private static void write(Dataset<Row> scored, JobConfig config, PrintStream out) {
    if (!config.has("output.path")) {
      scored.show(SHOWN_ROWS);
      return;
    }
    String path = config.text("output.path", "");
    String format = config.text("output.format", "parquet");
    Dataset<Row> rows = format.equals("csv") ? withArraysAsText(scored) : scored;
    rows.write()
        .format(format)
        .option("header", format.equals("csv"))
        .options(config.textsUnder("output.options"))
        .mode(config.flag("output.overwrite", false) ? "overwrite" : "errorifexists")
        .save(path);
    out.println("The predictions are at " + path);
  }

  /** CSV has no arrays: they are written as JSON. */
  private static Dataset<Row> withArraysAsText(Dataset<Row> rows) {
    Dataset<Row> plain = rows;
    for (StructField field : rows.schema().fields()) {
      if (field.dataType() instanceof ArrayType) {
        plain =
            plain.withColumn(
                field.name(), functions.to_json(functions.col("`" + field.name() + "`")));
      }
    }
    return plain;
  }
}
