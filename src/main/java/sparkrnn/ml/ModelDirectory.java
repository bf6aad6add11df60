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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import sparkrnn.storage.StageMetadata;
import sparkrnn.storage.StoredStream;

/**
 * The files of a saved model, on any Hadoop file system.
 *
 * <p>Spark Connect keeps fitted models on the driver's own disk, whatever the default file system
 * is, and says so by a flag that Spark keeps to itself (since 4.1); then they are plain files.
 */
final class ModelDirectory {

  private final String directory;
  private final Configuration configuration;
  private final boolean local;

  ModelDirectory(String directory, SparkSession session) {
    this(directory, session.sparkContext().hadoopConfiguration(), savingLocally());
  }

  private ModelDirectory(String directory, Configuration configuration, boolean local) {
    this.directory = directory;
    this.configuration = configuration;
    this.local = local;
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

  private java.nio.file.Path localPath(String... below) {
    return Paths.get(directory, below);
  }

  private Path path() {
    return new Path(directory);
  }

  private FileSystem files() throws IOException {
    return path().getFileSystem(configuration);
  }

  /** Makes the directory, with those above it. */
  void make() throws IOException {
    if (local) {
      Files.createDirectories(localPath());
    } else if (!files().mkdirs(path())) {
      throw new IOException("the directory can't be made");
    }
  }

  /** A new file; an old one of the name is overwritten. */
  OutputStream create(String name) throws IOException {
    return local
        ? Files.newOutputStream(localPath(name))
        : StoredStream.create(files(), new Path(path(), name), true);
  }

  /**
   * A file from its beginning.
   *
   * @throws FileNotFoundException if there is none
   */
  InputStream open(String name) throws IOException {
    try {
      return local ? Files.newInputStream(localPath(name)) : files().open(new Path(path(), name));
    } catch (NoSuchFileException missing) {
      throw new FileNotFoundException(missing.getMessage());
    }
  }

  /**
   * How many bytes a file has.
   *
   * @throws FileNotFoundException if there is none
   */
  long length(String name) throws IOException {
    try {
      return local
          ? Files.size(localPath(name))
          : files().getFileStatus(new Path(path(), name)).getLen();
    } catch (NoSuchFileException missing) {
      throw new FileNotFoundException(missing.getMessage());
    }
  }

  /**
   * All bytes of a file.
   *
   * @throws FileNotFoundException if there is none
   * @throws IOException also if it has more bytes than these
   */
  byte[] read(String name, int mostBytes) throws IOException {
    long length = length(name);
    if (length > mostBytes) {
      throw new IOException(
          String.format(Locale.ROOT, "it has %d bytes; at most %d are read.", length, mostBytes));
    }
    try (InputStream file = open(name)) {
      return file.readNBytes(mostBytes);
    }
  }

  /**
   * The class that Spark's metadata names.
   *
   * @throws IOException if it can't be read as that
   */
  String className() throws IOException {
    return local
        ? StageMetadata.className(localPath())
        : StageMetadata.className(path(), configuration);
  }

  /** Whether there is such a directory. */
  boolean exists() {
    if (local) {
      return Files.isDirectory(localPath());
    }
    try {
      return files().exists(path());
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    }
  }

  /** A hidden directory beside this one: ".NAME.suffix". */
  ModelDirectory beside(String suffix) {
    String name = hidden(suffix);
    String other =
        local
            ? localPath().toAbsolutePath().resolveSibling(name).toString()
            : new Path(path().getParent(), name).toString();
    return new ModelDirectory(other, configuration, local);
  }

  private String hidden(String suffix) {
    String name = local ? localPath().getFileName().toString() : path().getName();
    return "." + name + "." + suffix;
  }

  /** A directory whose name {@link #beside} made with a suffix that begins so, if there is one. */
  Optional<String> leftBeside(String suffix) {
    if (local || path().getParent() == null) {
      return Optional.empty();
    }
    try {
      return Arrays.stream(files().listStatus(path().getParent()))
          .filter(other -> other.getPath().getName().startsWith(hidden(suffix)))
          .map(other -> other.getPath().toString())
          .findFirst();
    } catch (IOException noParent) {
      return Optional.empty();
    }
  }

  /** Gives the directory the name of another, which is not there. */
  void renameTo(ModelDirectory other) throws IOException {
    if (local) {
      Files.move(localPath(), other.localPath());
    } else if (!files().rename(path(), other.path())) {
      throw new IOException("could not rename " + this + " to " + other);
    }
  }

  /** Removes the directory with all that is in it. */
  void delete() throws IOException {
    if (!local) {
      files().delete(path(), true);
      return;
    }
    List<java.nio.file.Path> below;
    try (java.util.stream.Stream<java.nio.file.Path> found = Files.walk(localPath())) {
      below = found.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (java.nio.file.Path file : below) {
      Files.delete(file);
    }
  }

  @Override
  public String toString() {
    return directory;
  }
}
