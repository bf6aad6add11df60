package sparkrnn.jobs;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnModel;

/**
 * The model that a job reads: one saved alone or as the last stage of a fitted pipeline.
 *
 * @param path that it was saved at
 * @param stage all of it
 */
record SavedModel(String path, Transformer stage) {

  /**
   * Where the config has it: input.model, or else output.model.
   *
   * @throws JobException if neither is set
   */
  static String path(JobConfig config) {
    return config
        .optional("input.model")
        .orElseGet(
            () -> config.required("output.model", "give the saved model by --model, or set it"));
  }

  /**
   * Reads it.
   *
   * @throws JobException if there is nothing that can be read
   * @throws IllegalArgumentException if it is no model, or a damaged one
   */
  static SavedModel load(SparkSession spark, String path) {
    // A fitted pipeline has a directory of its stages.
    Path stages = new Path(path, "stages");
    try {
      FileSystem files = stages.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return new SavedModel(
          path, files.exists(stages) ? PipelineModel.load(path) : RnnModel.loadAny(path));
    } catch (IOException unreachable) {
      throw new JobException(
          String.format(
              Locale.ROOT, "the model \"%s\" can't be read: %s.", path, unreachable.getMessage()));
    }
  }

  /**
   * The network alone.
   *
   * @param wanted in words, for the message
   * @throws JobException if the last stage is another
   */
  <M> M network(Class<M> type, String wanted) {
    Transformer last = stage;
    if (stage instanceof PipelineModel pipeline && pipeline.stages().length > 0) {
      last = pipeline.stages()[pipeline.stages().length - 1];
    }
    if (type.isInstance(last)) {
      return type.cast(last);
    }
    throw new JobException(
        String.format(
            Locale.ROOT,
            "the model \"%s\" ends with a %s, which is no %s.",
            path,
            last.getClass().getSimpleName(),
            wanted));
  }
}
