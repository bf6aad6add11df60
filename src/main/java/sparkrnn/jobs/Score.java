package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.feature.SlidingWindow;

/** The main behind jobs/score: predictions of a saved model for the data of a config file. */
public final class Score {

  private Score() {}

  /** Runs the job and ends the process with an {@link ExitCode}. */
  public static void main(String[] arguments) {
    JobProcess.run(JobCommand.SCORE, arguments, Score::run);
  }

  /** Runs the job in this process, in the Spark session that there is or a new one. */
  static void run(JobArguments arguments, PrintStream out) {
    JobConfig config = JobConfig.of(arguments);
    arguments.metrics().ifPresent(MetricsFile::checkWritable);
    String path = SavedModel.path(config);
    RowOutput output = new RowOutput(config, "predictions");
    SparkSession spark = JobProcess.session("spark-rnn score " + path);
    output.checkWritable(spark);
    Transformer model = SavedModel.load(spark, path).stage();
    Dataset<Row> rows = DataSource.read(spark, config);
    Dataset<Row> sequences = makesItsWindows(model) ? rows : sequences(rows, config);
    Map<String, Object> measured = output.write(model.transform(sequences), out);
    arguments.metrics().ifPresent(file -> file.write(measured));
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
}
