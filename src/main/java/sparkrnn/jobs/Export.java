package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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

  /** Runs the job and ends the process with an {@link ExitCode}. */
  public static void main(String[] arguments) {
    JobProcess.run(JobCommand.EXPORT, arguments, Export::run);
  }

  /** Runs the job in this process, in the Spark session that there is or a new one. */
  static void run(JobArguments arguments, PrintStream out) {
    JobConfig config = JobConfig.of(arguments);
    arguments.metrics().ifPresent(MetricsFile::checkWritable);
    List<Format> wanted = FORMATS.stream().filter(format -> config.has(format.key())).toList();
    if (wanted.isEmpty()) {
      throw new JobException(
          "there is nothing to export; set export.onnx, export.keras or export.pytorch to a file.");
    }
    String path = SavedModel.path(config);
    SparkSession spark = JobProcess.session("spark-rnn export " + path);
    boolean overwrite = config.flag("output.overwrite", false);
    for (Format format : wanted) {
      new OutputPath(format.key(), config.text(format.key(), ""), overwrite).checkWritable(spark);
    }
    RnnModel<?> model = SavedModel.load(spark, path).network(RnnModel.class, "network");
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("parameters", model.numParameters());
    for (Format format : wanted) {
      String file = config.text(format.key(), "");
      format.export().accept(model, file);
      measured.put(format.key(), file);
      out.println("The network is at " + file);
    }
    measured.put("version", JobProcess.version());
    arguments.metrics().ifPresent(written -> written.write(measured));
  }
}
