package sparkrnn.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressionModel;

/**
 * Where a trained model goes.
 *
 * @param path on any Hadoop file system; empty for nowhere
 * @param overwrite whether what is there is replaced
 */
record ModelOutput(Optional<String> path, boolean overwrite) {

  static ModelOutput of(JobConfig config) {
    return new ModelOutput(config.optional("output.model"), config.flag("output.overwrite", false));
  }

  /**
   * Asks before the training what would only fail after it.
   *
   * @throws JobException if the path is taken or its file system can't be reached
   */
  void checkWritable(SparkSession spark) {
    if (path.isEmpty()) {
      return;
    }
    Path target = new Path(path.get());
    try {
      var files = target.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!overwrite && files.exists(target)) {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "output.model \"%s\" exists; give another path, or --set output.overwrite=true.",
                path.get()));
      }
    } catch (IOException unreachable) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "output.model \"%s\" can't be reached: %s.",
              path.get(),
              unreachable.getMessage()));
    }
  }

  void save(RnnRegressionModel model, PrintStream out) {
    if (path.isEmpty()) {
      return;
    }
    try {
      if (overwrite) {
        model.write().overwrite().save(path.get());
      } else {
        model.write().save(path.get());
      }
    } catch (IOException failed) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "the model can't be saved to \"%s\": %s.",
              path.get(),
              failed.getMessage()));
    }
    out.println("The model is saved at " + path.get());
  }
}
