package sparkrnn.ml;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Paths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a saved model beside Spark's metadata, on any Hadoop file system.
 *
 * <p>Spark Connect keeps fitted models on the driver's own disk, whatever the default file system
 * is, and says so by a flag that Spark keeps to itself (since 4.1); then they are plain files.
 */
final class ModelDirectory {

  private final String directory;
  private final Configuration configuration;
  private final boolean local;

  ModelDirectory(String directory, SparkSession session) {
    this.directory = directory;
    this.configuration = session.sparkContext().hadoopConfiguration();
    this.local = savingLocally();
  }

  private static boolean savingLocally() {
    try {
      Object state =
          Class.forName("org.apache.spark.ml.util.ReadWriteUtils")
              .getMethod("localSavingModeState")
              .invoke(null);
      return Boolean.TRUE.equals(((ThreadLocal<?>) state).get());
    } catch (ClassNotFoundException | NoSuchMethodException olderSpark) {
      // Before 4.1 there is no such mode.
      return false;
    } catch (IllegalAccessException | InvocationTargetException hidden) {
      throw new IllegalStateException("Spark no longer tells where to save a model.", hidden);
    }
  }

  /** Makes the directory, with those above it. */
  void make() throws IOException {
    if (local) {
      Files.createDirectories(Paths.get(directory));
      return;
    }
    Path path = new Path(directory);
    if (!path.getFileSystem(configuration).mkdirs(path)) {
      throw new IOException("the directory can't be made");
    }
  }

  /** A new file; an old one of the name is overwritten. */
  OutputStream create(String name) throws IOException {
    if (local) {
      return Files.newOutputStream(Paths.get(directory, name));
    }
    Path path = new Path(directory, name);
    return path.getFileSystem(configuration).create(path, true);
  }

  /**
   * All bytes of a file.
   *
   * @throws FileNotFoundException if there is none
   */
  byte[] read(String name) throws IOException {
    try (InputStream file = open(name)) {
      return file.readAllBytes();
    } catch (NoSuchFileException missing) {
      throw new FileNotFoundException(missing.getMessage());
    }
  }

  private InputStream open(String name) throws IOException {
    if (local) {
      return Files.newInputStream(Paths.get(directory, name));
    }
    Path path = new Path(directory, name);
    FileSystem files = path.getFileSystem(configuration);
    return files.open(path);
  }

  /** Whether there is such a directory. */
  boolean exists() {
    if (local) {
      return Files.isDirectory(Paths.get(directory));
    }
    Path path = new Path(directory);
    try {
      return path.getFileSystem(configuration).exists(path);
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    }
  }

  @Override
  public String toString() {
    return directory;
  }
}
