package sparkrnn.ml;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.util.MLWriter;
import sparkrnn.network.Network;
import sparkrnn.safetensors.SafetensorsWriter;
import sparkrnn.storage.SavedStage;

/**
 * Saves a model: weights.safetensors, model.json, and Spark's metadata with the params last, so
 * that a directory with metadata is whole. What {@code overwrite()} replaces is left as it was
 * until then, as {@link ReplacedDirectory} says.
 */
final class ModelWriter extends MLWriter {

  static final String WEIGHTS = "weights.safetensors";
  static final String DESCRIPTION = "model.json";

  private final RnnModel<?> model;
  private final MLWriter params;

  /**
   * @param params writes Spark's metadata
   */
  ModelWriter(RnnModel<?> model, MLWriter params) {
    this.model = model;
    this.params = params;
  }

  /**
   * Saves the model.
   *
   * @throws IOException if the path is taken and {@code overwrite()} was not called, or if what is
   *     there can't be replaced
   * @throws IllegalArgumentException if it can't be written; what was there is still there
   */
  @Override
  public void save(String path) throws IOException {
    if (shouldOverwrite()) {
      ReplacedDirectory.write(path, sparkSession(), this::saveImpl);
    } else {
      super.save(path);
    }
  }

  /**
   * Writes the directory, which {@link #save} has made sure is free; nothing is left of it where
   * that fails.
   *
   * @throws IllegalArgumentException if it can't be written
   */
  @Override
  public void saveImpl(String path) {
    ModelDirectory directory = new ModelDirectory(path, sparkSession());
    try {
      ReplacedDirectory.writeOrRemove(directory, free -> writeAll(directory));
    } catch (Exception unwritable) { // also what Spark throws unchecked or undeclared
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the directory \"%s\" can't be written (%s). Save to a path that you may write"
                  + " to.",
              model.getClass().getSimpleName(),
              path,
              SavedStage.reason(unwritable)),
          unwritable);
    }
  }

  private void writeAll(ModelDirectory directory) throws IOException {
    FittedNetwork fitted = model.fitted();
    directory.make();
    String digest = writeWeights(directory, fitted);
    ModelDescription description =
        model.described(
            ModelDescription.of(
                fitted, digest, model.hasSummary() ? model.summary().history() : null));
    try (OutputStream file = directory.create(DESCRIPTION)) {
      file.write(description.toJson());
    }
    params.session(sparkSession()).saveImpl(directory.toString());
  }

  /** Writes the weights and returns the digest of the file. */
  private static String writeWeights(ModelDirectory directory, FittedNetwork fitted)
      throws IOException {
    Network network = fitted.network();
    Map<String, String> metadata =
        Map.of(
            "format",
            "spark-rnn " + ModelDescription.FORMAT_VERSION,
            "library_version",
            ModelDescription.writingVersion());
    MessageDigest digest = sha256();
    try (OutputStream file = new DigestOutputStream(directory.create(WEIGHTS), digest)) {
      SafetensorsWriter.write(file, metadata, network.layout(), fitted.parameters());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
