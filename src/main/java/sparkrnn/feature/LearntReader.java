package sparkrnn.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.function.BiFunction;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;

/**
 * Loads what {@link LearntWriter} saved, and says what is wrong where it can't.
 *
 * @param <M> the model
 * @param <T> what it has learnt
 */
final class LearntReader<M, T> extends MLReader<M> {

  /** Of the JSON file; raised when older libraries can't read what is written. */
  static final int FORMAT_VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final int MOST_SHOWN = 300;

  private final Class<M> model;
  private final String file;
  private final Class<T> type;
  private final BiFunction<M, T, M> become;

  /**
   * @param become gives a model without knowledge what was read for it
   */
  LearntReader(Class<M> model, String file, Class<T> type, BiFunction<M, T, M> become) {
    this.model = model;
    this.file = file;
    this.type = type;
    this.become = become;
  }

  /**
   * The model in a directory.
   *
   * @throws IllegalArgumentException if there is none, the file is missing, cut short or edited, or
   *     the model is of another version; the message names the path and what was found
   */
  @Override
  public M load(String path) {
    SavedDirectory directory = directory(path);
    T learnt = learnt(path, directory);
    requireModel(path, directory);
    return become.apply(stage(path), learnt);
  }

  private SavedDirectory directory(String path) {
    try {
      return SavedDirectory.find(path, sparkSession())
          .orElseThrow(
              () ->
                  refusal(
                      path,
                      "no stage was saved there. Load the path that the model was saved to."));
    } catch (IOException unreadable) {
      throw refusal(path, LearntWriter.reason(unreadable));
    }
  }

  /** Spark makes an instance of whatever class the metadata names, so it is looked at before. */
  private void requireModel(String path, SavedDirectory directory) {
    try {
      String found = directory.className();
      if (!found.equals(model.getName())) {
        throw refusal(path, "the directory holds a " + shown(found) + ". Load it with that class.");
      }
    } catch (IOException corrupt) {
      throw unreadableMetadata(path, LearntWriter.reason(corrupt), corrupt);
    }
  }

  private M stage(String path) {
    try {
      MLReader<Object> reader = new DefaultParamsReadable<Object>() {}.read();
      return model.cast(reader.session(sparkSession()).load(path));
    } catch (Exception corrupt) {
      // Spark throws anything here, from "head of empty array" to its own checked exceptions.
      throw unreadableMetadata(path, String.valueOf(corrupt.getMessage()), corrupt);
    }
  }

  private IllegalArgumentException unreadableMetadata(String path, String reason, Exception cause) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s at %s: Spark can't read the params in metadata (%s); the directory is not whole or"
                + " was edited. Save the model again, or copy the directory anew.",
            model.getSimpleName(),
            path,
            shown(reason.lines().findFirst().orElse("").strip())),
        cause);
  }

  private static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  private T learnt(String path, SavedDirectory directory) {
    try {
      JsonNode root = JSON.readTree(directory.read(file));
      checkVersion(path, root.path("formatVersion"));
      return JSON.treeToValue(root, type);
    } catch (FileNotFoundException missing) {
      throw refusal(
          path,
          "there is no file "
              + file
              + "; the directory is not whole or holds something else. Save the model again, or"
              + " load another path.");
    } catch (JsonProcessingException corrupt) {
      throw refusal(path, file + " is not whole; it is cut short or edited. Save the model again.");
    } catch (IOException unreadable) {
      throw refusal(path, file + ": " + LearntWriter.reason(unreadable));
    }
  }

  private void checkVersion(String path, JsonNode version) {
    if (!version.isInt() || version.intValue() != FORMAT_VERSION) {
      throw refusal(
          path,
          String.format(
              Locale.ROOT,
              "%s has format version %s; this spark-rnn reads version %d. Load it with the"
                  + " spark-rnn that wrote it, or fit it again.",
              file,
              version.isInt() ? version.asText() : "none",
              FORMAT_VERSION));
    }
  }

  private IllegalArgumentException refusal(String path, String sentence) {
    return new IllegalArgumentException(model.getSimpleName() + " at " + path + ": " + sentence);
  }
}
