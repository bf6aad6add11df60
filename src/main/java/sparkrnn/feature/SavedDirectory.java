package sparkrnn.feature;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Paths;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import sparkrnn.storage.StageMetadata;
import sparkrnn.storage.StoredStream;

/**
 * The directory of a saved stage, on the file system where Spark has put its metadata.
 *
 * <p>That is the Hadoop file system of the path, but Spark Connect keeps fitted models on the
 * driver's own disk, whatever the default file system is, and no public call says so.
 */
final class SavedDirectory {

  private final String directory;
  private final Configuration configuration;
  private final boolean local;

  private SavedDirectory(String directory, Configuration configuration, boolean local) {
    this.directory = directory;
    this.configuration = configuration;
    this.local = local;
  }

  /** The directory of that path; empty if no metadata is there. */
  static Optional<SavedDirectory> find(String directory, SparkSession session) throws IOException {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    Path metadata = new Path(directory, StageMetadata.NAME);
    if (metadata.getFileSystem(configuration).exists(metadata)) {
      return Optional.of(new SavedDirectory(directory, configuration, false));
    }
    return onLocalDisk(directory)
        ? Optional.of(new SavedDirectory(directory, configuration, true))
        : Optional.empty();
  }

  private static boolean onLocalDisk(String directory) {
    try {
      return Files.exists(Paths.get(directory, StageMetadata.NAME));
    } catch (InvalidPathException addressOfAnotherFileSystem) {
      return false;
    }
  }

  /** A new file; an old one of the name is overwritten. */
  OutputStream create(String name) throws IOException {
    if (local) {
      return Files.newOutputStream(Paths.get(directory, name));
    }
    Path path = new Path(directory, name);
    return StoredStream.create(path.getFileSystem(configuration), path, true);
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

  /**
   * The class that Spark's metadata names.
   *
   * @throws IOException if it can't be read as that
   */
  String className() throws IOException {
    return local
        ? StageMetadata.className(Paths.get(directory))
        : StageMetadata.className(new Path(directory), configuration);
  }

  private InputStream open(String name) throws IOException {
    if (local) {
      return Files.newInputStream(Paths.get(directory, name));
    }
    Path path = new Path(directory, name);
    return path.getFileSystem(configuration).open(path);
  }
}
