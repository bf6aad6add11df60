package sparkrnn.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;

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
      FileSystem files = target.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!overwrite && files.exists(target)) {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "output.model \"%s\" exists; give another path, or --set output.overwrite=true.",
                path.get()));
      }
      checkAncestor(files, target);
    } catch (IOException unreachable) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "output.model \"%s\" can't be written to: %s.",
              path.get(),
              unreachable.getMessage()));
    }
  }

  /** The nearest ancestor that exists must be a directory in which something may be made. */
  private static void checkAncestor(FileSystem files, Path target) throws IOException {
    Path ancestor = files.makeQualified(target).getParent();
    while (ancestor != null && !exists(files, ancestor)) {
      ancestor = ancestor.getParent();
    }
    if (ancestor != null) {
      if (!files.getFileStatus(ancestor).isDirectory()) {
        throw new IOException(ancestor + " is not a directory");
      }
      files.access(ancestor, FsAction.WRITE_EXECUTE);
    }
  }

  private static boolean exists(FileSystem files, Path path) throws IOException {
    try {
      return files.exists(path);
    } catch (ParentNotDirectoryException below) {
      return false;
    }
  }

  void save(MLWritable model, PrintStream out) {
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
