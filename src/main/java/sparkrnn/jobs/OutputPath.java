package sparkrnn.jobs;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.spark.sql.SparkSession;

/**
 * A path to be written to at the end of a job.
 *
 * @param key of the config that names it
 * @param path on any Hadoop file system
 * @param overwrite whether what is there is replaced
 */
record OutputPath(String key, String path, boolean overwrite) {

  /**
   * Asks before the work what would only fail after it.
   *
   * @throws JobException if the path is taken or can't be written to
   */
  void checkWritable(SparkSession spark) {
    try {
      Path target = new Path(path);
      FileSystem files = target.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!overwrite && files.exists(target)) {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "%s \"%s\" exists; give another path, or --set output.overwrite=true.",
                key,
                path));
      }
      checkAncestor(files, target);
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "%s \"%s\" can't be written to: %s.",
              key,
              path,
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
}
