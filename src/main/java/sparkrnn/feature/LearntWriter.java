package sparkrnn.feature;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.spark.ml.util.MLWriter;
import sparkrnn.storage.SavedStage;

/** Saves a model: Spark's metadata with the params, then one JSON file of what it has learnt. */
final class LearntWriter extends MLWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MLWriter params;
  private final String stage;
  private final String file;
  private final Object learnt;

  /**
   * @param params writes Spark's metadata
   * @param stage the model's name, for messages
   * @param learnt a record with a formatVersion
   */
  LearntWriter(MLWriter params, String stage, String file, Object learnt) {
    this.params = params;
    this.stage = stage;
    this.file = file;
    this.learnt = learnt;
  }

  /**
   * Writes the directory, which {@link #save} has made sure is free.
   *
   * @throws IllegalArgumentException if it can't be written
   */
  @Override
  public void saveImpl(String path) {
    params.session(sparkSession()).saveImpl(path);
    try {
      SavedDirectory directory =
          SavedDirectory.find(path, sparkSession())
              .orElseThrow(() -> new IOException("its metadata has vanished"));
      try (OutputStream out = directory.create(file)) {
        JSON.writeValue(out, learnt);
      }
    } catch (IOException unwritable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the directory \"%s\" can't be written (%s). Save to a path that you may write"
                  + " to.",
              stage,
              path,
              SavedStage.reason(unwritable)),
          unwritable);
    }
  }
}
