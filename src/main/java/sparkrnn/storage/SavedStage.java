package sparkrnn.storage;

import java.io.IOException;
import java.util.Locale;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/**
 * A saved stage while it is loaded: its class is looked at before Spark makes an instance of it,
 * and what can't be read is said in one sentence with the name and the path.
 *
 * @param name of what is loaded, for messages
 * @param path of its directory
 */
public record SavedStage(String name, String path) {

  private static final int MOST_SHOWN = 300;

  /** Reads the class that the metadata names. */
  @FunctionalInterface
  public interface ClassName {

    /** As {@link StageMetadata#className}. */
    String read() throws IOException;
  }

  /** The class that the metadata names. */
  public String className(ClassName metadata) {
    try {
      return metadata.read();
    } catch (IOException corrupt) {
      throw unreadableMetadata(reason(corrupt), corrupt);
    }
  }

  /**
   * Requires that the metadata names a class.
   *
   * @throws IllegalArgumentException if it names another one, or can't be read
   */
  public void requireClass(Class<?> wanted, ClassName metadata) {
    String found = className(metadata);
    if (!found.equals(wanted.getName())) {
      throw refusal("the directory holds a " + shown(found) + ". Load it with that class.");
    }
  }

  /**
   * The stage with its params, as Spark's own reader makes it; after {@link #requireClass}.
   *
   * @throws IllegalArgumentException if Spark can't read them
   */
  public <S> S withParams(Class<S> type, SparkSession session) {
    try {
      MLReader<Object> reader = new DefaultParamsReadable<Object>() {}.read();
      return type.cast(reader.session(session).load(path));
    } catch (Exception corrupt) {
      // Spark throws anything here, from "head of empty array" to its own checked exceptions.
      throw unreadableMetadata(String.valueOf(corrupt.getMessage()), corrupt);
    }
  }

  private IllegalArgumentException unreadableMetadata(String reason, Exception cause) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s at %s: Spark can't read the params in metadata (%s); the directory is not whole or"
                + " was edited. Save the model again, or copy the directory anew.",
            name,
            path,
            shown(reason.lines().findFirst().orElse("").strip())),
        cause);
  }

  /** An exception that begins with the name and the path. */
  public IllegalArgumentException refusal(String sentence) {
    return new IllegalArgumentException(name + " at " + path + ": " + sentence);
  }

  /** A text of a file, cut where it is long. */
  public static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  /** What an exception says, or its kind where it says nothing. */
  public static String reason(Exception failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
