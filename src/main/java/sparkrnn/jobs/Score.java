package sparkrnn.jobs;

import java.io.PrintStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.feature.SequenceAssembler;
import sparkrnn.feature.SlidingWindow;
import sparkrnn.ml.RnnRegressionModel;

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
    String path =
        config.has("input.model")
            ? config.text("input.model", "")
            : config.required("output.model", "set it, or input.model, to the saved model");
    SparkSession spark = JobProcess.session("spark-rnn score " + path);
    Dataset<Row> rows = DataSource.read(spark, config);
    if (config.has("window")) {
      SlidingWindow window = new SlidingWindow();
      StageParams.set(window, config, "window");
      // The newest windows have no target yet, and are those that are asked for.
      window.setTarget("none");
      rows = window.transform(rows);
    } else if (config.has("sequence")) {
      SequenceAssembler assembler = new SequenceAssembler();
      StageParams.set(assembler, config, "sequence");
      rows = assembler.transform(rows);
    }
    write(model(path).transform(rows), config, out);
  }

  /** A model saved alone or as a stage of a fitted pipeline. */
  private static Transformer model(String path) {
    try {
      return RnnRegressionModel.load(path);
    } catch (IllegalArgumentException notAlone) {
      if (!String.valueOf(notAlone.getMessage()).contains("PipelineModel")) {
        throw notAlone;
      }
      return PipelineModel.load(path);
    }
  }

  private static void write(Dataset<Row> scored, JobConfig config, PrintStream out) {
    if (!config.has("output.path")) {
      scored.show(SHOWN_ROWS);
      return;
    }
    String path = config.text("output.path", "");
    scored
        .write()
        .format(config.text("output.format", "parquet"))
        .options(config.textsUnder("output.options"))
        .mode(config.flag("output.overwrite", false) ? "overwrite" : "errorifexists")
        .save(path);
    out.println("The predictions are at " + path);
  }
}
