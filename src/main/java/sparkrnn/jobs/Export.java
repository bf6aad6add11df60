package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnModel;

/** The main behind jobs/export: a saved model as files of other tools. */
public final class Export {

  /** A format by its config key. */
  private record Format(String key, BiConsumer<RnnModel<?>, String> export) {}

  private static final List<Format> FORMATS =
      List.of(
          new Format("export.onnx", RnnModel::exportOnnx),
          new Format("export.keras", RnnModel::exportKeras),
          new Format("export.pytorch", RnnModel::exportPyTorch));

  private Export() {}

  /** Runs the job and ends the process: 0 for success, 2 for usage, 1 for any other failure. */
  public static void main(String[] arguments) {
    JobProcess.run("export", arguments, Export::run);
  }

  /** Runs the job in this process, in the Spark session that there is or a new one. */
  static void run(JobArguments arguments, PrintStream out) {
    JobConfig config = JobProcess.config(arguments);
    List<Format> wanted = FORMATS.stream().filter(format -> config.has(format.key())).toList();
    if (wanted.isEmpty()) {
      throw new JobException(
          "there is nothing to export; set export.onnx, export.keras or export.pytorch to a file.");
    }
    String path = Score.modelPath(config);
    SparkSession spark = JobProcess.session("spark-rnn export " + path);
    boolean overwrite = config.flag("output.overwrite", false);
    for (Format format : wanted) {
      new OutputPath(format.key(), config.text(format.key(), ""), overwrite).checkWritable(spark);
    }
    RnnModel<?> model = network(Score.model(spark, path), path);
    for (Format format : wanted) {
      String file = config.text(format.key(), "");
      format.export().accept(model, file);
      out.println("The network is at " + file);
    }
  }

  private static RnnModel<?> network(Transformer model, String path) {
    Transformer last = model;
    if (model instanceof PipelineModel pipeline && pipeline.stages().length > 0) {
      last = pipeline.stages()[pipeline.stages().length - 1];
    }
    if (last instanceof RnnModel<?> found) {
      return found;
    }
    throw new JobException(
        String.format(
            Locale.ROOT,
            "the model \"%s\" ends with a %s, which is no network.",
            path,
            last.getClass().getSimpleName()));
  }
}
