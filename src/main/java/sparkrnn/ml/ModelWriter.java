package sparkrnn.ml;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.util.MLWriter;
import sparkrnn.network.Network;
import sparkrnn.safetensors.SafetensorsWriter;

/**
 * Saves a model: weights.safetensors, model.json, and Spark's metadata with the params last, so
 * that a directory with metadata is whole.
 */
final class ModelWriter extends MLWriter {

  static final String WEIGHTS = "weights.safetensors";
  static final String DESCRIPTION = "model.json";

  private final RnnRegressionModel model;
  private final MLWriter params;

  /**
   * @param params writes Spark's metadata
   */
  ModelWriter(RnnRegressionModel model, MLWriter params) {
    this.model = model;
    this.params = params;
  }

  /**
   * Writes the directory, which {@link #save} has made sure is free.
   *
   * @throws IllegalArgumentException if it can't be written
   */
  @Override
  public void saveImpl(String path) {
    FittedNetwork fitted = model.fitted();
    ModelDescription description =
        ModelDescription.of(fitted, model.hasSummary() ? model.summary().history() : null);
    ModelDirectory directory = new ModelDirectory(path, sparkSession());
    try {
      directory.make();
      try (OutputStream file = directory.create(WEIGHTS)) {
        writeWeights(file, fitted, description);
      }
      try (OutputStream file = directory.create(DESCRIPTION)) {
        file.write(description.toJson());
      }
    } catch (IOException unwritable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "RnnRegressionModel: the directory \"%s\" can't be written (%s). Save to a path that"
                  + " you may write to.",
              path,
              reason(unwritable)),
          unwritable);
    }
    params.session(sparkSession()).saveImpl(path);
  }

  private static void writeWeights(
      OutputStream file, FittedNetwork fitted, ModelDescription description) throws IOException {
    Network network = fitted.network();
    Map<String, String> metadata =
        Map.of(
            "format",
            "spark-rnn " + description.formatVersion(),
            "library_version",
            description.libraryVersion());
    SafetensorsWriter.write(file, metadata, network.layout(), fitted.parameters());
  }

  static String reason(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
