package sparkrnn.jobs;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnTextModel;

/** The main behind jobs/generate: a saved language model goes on from a prompt. */
public final class Generate {

  private static final double NANOS = 1e9;

  private Generate() {}

  /** Runs the job and ends the process with an {@link ExitCode}. */
  public static void main(String[] arguments) {
    JobProcess.run(JobCommand.GENERATE, arguments, Generate::run);
  }

  /** Runs the job in this process, in the Spark session that there is or a new one. */
  static void run(JobArguments arguments, PrintStream out) {
    JobConfig config = JobConfig.of(arguments);
    arguments.metrics().ifPresent(MetricsFile::checkWritable);
    String path = SavedModel.path(config);
    config.required("sample.prompt", "give --prompt, which the text goes on from");
    TextSample sample = TextSample.of(config);
    SparkSession spark = JobProcess.session("spark-rnn generate " + path);
    RnnTextModel model = SavedModel.load(spark, path).network(RnnTextModel.class, "language model");
    long begin = System.nanoTime();
    out.println(sample.text(model));
    double seconds = (System.nanoTime() - begin) / NANOS;
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("tokens", sample.length());
    measured.put("seconds", seconds);
    measured.put("tokensPerSecond", sample.length() / seconds);
    measured.put("version", JobProcess.version());
    arguments.metrics().ifPresent(file -> file.write(measured));
  }
}
