package sparkrnn.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.function.BiFunction;
import org.apache.spark.ml.util.MLReader;
import sparkrnn.storage.SavedStage;

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
    SavedStage stage = new SavedStage(model.getSimpleName(), path);
    SavedDirectory directory = directory(stage);
    T learnt = learnt(stage, directory);
    stage.requireClass(model, directory::className);
    return become.apply(stage.withParams(model, sparkSession()), learnt);
  }

  private SavedDirectory directory(SavedStage stage) {
    try {
      return SavedDirectory.find(stage.path(), sparkSession())
          .orElseThrow(
              () ->
                  stage.refusal(
                      "no stage was saved there. Load the path that the model was saved to."));
    } catch (IOException unreadable) {
      throw stage.refusal(SavedStage.reason(unreadable));
    }
  }

  private T learnt(SavedStage stage, SavedDirectory directory) {
    try {
      JsonNode root = JSON.readTree(directory.read(file));
      checkVersion(stage, root.path("formatVersion"));
      return JSON.treeToValue(root, type);
    } catch (FileNotFoundException missing) {
      throw stage.refusal(
          "there is no file "
              + file
              + "; the directory is not whole or holds something else. Save the model again, or"
              + " load another path.");
    } catch (JsonProcessingException corrupt) {
      throw stage.refusal(file + " is not whole; it is cut short or edited. Save the model again.");
    } catch (IOException unreadable) {
      throw stage.refusal(file + ": " + SavedStage.reason(unreadable));
    }
  }

  private void checkVersion(SavedStage stage, JsonNode version) {
    if (!version.isInt() || version.intValue() != FORMAT_VERSION) {
      throw stage.refusal(
          String.format(
              Locale.ROOT,
              "%s has format version %s; this spark-rnn reads version %d. Load it with the"
                  + " spark-rnn that wrote it, or fit it again.",
              file,
              version.isInt() ? version.asText() : "none",
              FORMAT_VERSION));
    }
  }
}
