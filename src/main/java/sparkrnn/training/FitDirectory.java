package sparkrnn.training;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory of one fit in checkpointDir, named by the {@link FitDescription}, which lies in it
 * as fit.json so that another fit can say in what it differs.
 */
final class FitDirectory {

  private static final String PREFIX = "fit-";
  private static final String DESCRIPTION = "fit.json";

  /** Far above what we write: only so much of a file that is said to be a description is read. */
  private static final int MOST_BYTES = 1 << 20;

  private final Path path;
  private final FitDescription description;

  private FitDirectory(Path path, FitDescription description) {
    this.path = path;
    this.description = description;
  }

  /** Not made yet. */
  static FitDirectory of(String root, FitDescription description) {
    return new FitDirectory(new Path(root, PREFIX + description.name()), description);
  }

  Path path() {
    return path;
  }

  /** Makes it, with the description in it. */
  void make(FileSystem files) throws IOException {
    if (!files.mkdirs(path)) {
      throw new IOException("the directory can't be made");
    }
    Path file = new Path(path, DESCRIPTION);
    if (!files.exists(file)) {
      byte[] json = description.toJson();
      CheckpointFile.writeWhole(files, file, out -> out.write(json));
    }
  }

  /** Removes it with what is left in it, such as a file whose writing was cut off. */
  void remove(FileSystem files) throws IOException {
    files.delete(path, true);
  }

  /**
   * One sentence about the fits beside this one that have checkpoints, with what the nearest one
   * differs in; empty if there are none.
   */
  Optional<String> others(FileSystem files) throws IOException {
    List<Path> others =
        Arrays.stream(files.listStatus(path.getParent()))
            .filter(FileStatus::isDirectory)
            .map(FileStatus::getPath)
            .filter(other -> other.getName().startsWith(PREFIX))
            .filter(other -> !other.getName().equals(path.getName()))
            .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String differences =
        others.stream()
            .map(other -> read(files, new Path(other, DESCRIPTION)))
            .filter(Objects::nonNull)
            .min(Comparator.comparingInt(description::distance))
            .map(description::differences)
            .orElse("params or data");
    return Optional.of(
        String.format(
            Locale.ROOT,
            others.size() == 1
                ? "checkpointDir holds checkpoints of %d other fit, which differs in %s."
                : "checkpointDir holds checkpoints of %d other fits; the nearest differs in %s.",
            others.size(),
            differences));
  }

  /** Null if there is none that can be read: it only serves a sentence. */
  private static FitDescription read(FileSystem files, Path file) {
    try (InputStream in = files.open(file)) {
      return FitDescription.fromJson(in.readNBytes(MOST_BYTES));
    } catch (IOException unreadable) {
      return null;
    }
  }
}
