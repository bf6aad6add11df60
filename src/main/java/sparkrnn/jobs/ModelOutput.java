package sparkrnn.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.ReplacedDirectory;

/**
 * Where a trained model goes.
 *
 * @param target empty for nowhere
 */
record ModelOutput(Optional<OutputPath> target) {

  static ModelOutput of(JobConfig config) {
    return new ModelOutput(config.output("output.model"));
  }

  /** The path that was asked for. */
  Optional<String> path() {
    return target.map(OutputPath::path);
  }

  /**
   * Asks before the training what would only fail after it.
   *
   * @throws JobException if the path is taken or can't be written to
   */
  void checkWritable(SparkSession spark) {
    target.ifPresent(output -> output.checkWritable(spark));
  }

  void save(MLWritable model, PrintStream out) {
    if (target.isEmpty()) {
      return;
    }
    String path = target.get().path();
    try {
      if (!target.get().overwrite()) {
        target.get().checkWritable(SparkSession.active());
      }
      ReplacedDirectory.write(path, SparkSession.active(), model::save);
    } catch (IOException failed) {
      throw new JobException(
          String.format(
              Locale.ROOT, "the model can't be saved to \"%s\": %s.", path, failed.getMessage()));
    }
    out.println("The model is saved at " + path);
  }
}
