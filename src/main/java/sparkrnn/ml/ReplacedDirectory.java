package sparkrnn.ml;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import sparkrnn.storage.SavedStage;

/**
 * Replaces a directory with a newly written one, so that a write that fails leaves the old one as
 * it was. Spark's own {@code overwrite()} removes the old one first.
 *
 * <p>The new directory is written beside the old one, which is renamed when the new one is whole;
 * then the new one takes its name, and the old one is removed. A process that dies between the two
 * renames leaves both, whole, under the names ".NAME.unfinished-ID" (the new one) and
 * ".NAME.replaced-ID"; no file system of Hadoop's can exchange two directories in one act. On
 * object stores a rename copies the files.
 */
public final class ReplacedDirectory {

  private static final String UNFINISHED = "unfinished";
  private static final String REPLACED = "replaced";

  /** Writes a directory that is not there. */
  @FunctionalInterface
  public interface Writing {

    /** Writes it to this path. */
    void to(String path) throws IOException;
  }

  private final ModelDirectory present;
  private final ModelDirectory unfinished;
  private final ModelDirectory replaced;

  private ReplacedDirectory(ModelDirectory present) {
    this.present = present;
    String id = UUID.randomUUID().toString().substring(0, 8);
    unfinished = present.beside(UNFINISHED + "-" + id);
    replaced = present.beside(REPLACED + "-" + id);
  }

  /**
   * Writes a directory in the place of what is there, if anything is; a write that fails leaves
   * nothing of the new one.
   *
   * @throws IOException if it can't be put in its place; the message says where the old one is
   */
  public static void write(String path, SparkSession session, Writing writing) throws IOException {
    ModelDirectory directory = new ModelDirectory(path, session);
    if (directory.exists()) {
      new ReplacedDirectory(directory).write(writing);
    } else {
      writeOrRemove(directory, writing);
    }
  }

  /** Half a directory would be in the way of the next try. */
  static void writeOrRemove(ModelDirectory directory, Writing writing) throws IOException {
    try {
      writing.to(directory.toString());
    } catch (
        Exception failed) { // Spark's own checked ones among them, which Scala does not declare
      removeAfter(directory, failed);
      throw failed;
    }
  }

  private void write(Writing writing) throws IOException {
    writeOrRemove(
        unfinished,
        path -> {
          writing.to(path);
          present.renameTo(replaced);
        });
    try {
      unfinished.renameTo(present);
    } catch (IOException failed) {
      restore(failed);
      throw failed;
    }
    removeReplaced();
  }

  /** The new one is in its place: what is left is a matter of space only. */
  private void removeReplaced() {
    try {
      replaced.delete();
    } catch (IOException left) {
      System.getLogger(ReplacedDirectory.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "\"" + present + "\" is replaced; the old directory \"" + replaced + "\" is left.",
              left);
    }
  }

  /** The failure is what counts; that something is left beside is told with it. */
  private static void removeAfter(ModelDirectory unfinished, Exception failed) {
    try {
      unfinished.delete();
    } catch (FileNotFoundException neverMade) {
      // Nothing is left.
    } catch (IOException left) {
      failed.addSuppressed(left);
    }
  }

  private void restore(IOException failed) throws IOException {
    try {
      replaced.renameTo(present);
    } catch (IOException alsoFailed) {
      alsoFailed.addSuppressed(failed);
      throw new IOException(
          String.format(
              Locale.ROOT,
              "\"%s\" could not be replaced (%s); the new directory is at \"%s\" and the old one at"
                  + " \"%s\", both whole. Rename one of them.",
              present,
              SavedStage.reason(failed),
              unfinished,
              replaced),
          alsoFailed);
    }
    removeAfter(unfinished, failed);
  }

  /** What an overwrite that was cut off has left of a directory that is not there. */
  static String leftOf(ModelDirectory missing) {
    return missing
        .leftBeside(REPLACED)
        .map(
            left ->
                String.format(
                    Locale.ROOT,
                    "an overwrite was cut off; the old directory is at \"%s\". Rename it to \"%s\","
                        + " or the new one beside it (%s), if that one is whole.",
                    left,
                    missing,
                    UNFINISHED))
        .orElse("there is no such directory. Load the path that the model was saved to.");
  }
}
