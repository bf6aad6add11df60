package sparkrnn.ml;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import sparkrnn.storage.PlainFile;
import sparkrnn.storage.SavedStage;
import sparkrnn.storage.StoredStream;

/** One file of another format, on any file system that Spark knows. */
final class ExportedFile {

  /** What fills it. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final String stage;
  private final String name;

  ExportedFile(String stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  /**
   * Writes the file, beside its place first, so that a failure leaves what was there.
   *
   * @throws IllegalArgumentException if it can't be written; the message names the path
   */
  void write(Content content) {
    try {
      Path path = new Path(name);
      Configuration hadoop = SparkSession.active().sparkContext().hadoopConfiguration();
      FileSystem files = path.getFileSystem(hadoop);
      if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
        throw new IOException("it is a directory");
      }
      Path unfinished = new Path(path.getParent(), "." + path.getName() + ".unfinished");
      FileSystem plain = PlainFile.system(path, hadoop);
      try (OutputStream out = StoredStream.create(plain, unfinished, true)) {
        content.writeTo(out);
      }
      // With the checksum file that may be beside what is there.
      files.delete(path, false);
      if (!plain.rename(unfinished, path)) {
        throw new IOException("could not rename " + unfinished);
      }
    } catch (IOException unwritable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the file \"%s\" can't be written (%s). Export to a path that you may write to.",
              stage,
              name,
              SavedStage.reason(unwritable)),
          unwritable);
    }
  }
}
