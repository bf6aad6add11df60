package sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.safetensors.SafetensorsReader;

/**
 * Loads what {@link ModelWriter} saved, and says what is wrong where it can't.
 *
 * @param <M> the class of the model
 */
final class ModelReader<M extends RnnModel<M>> extends MLReader<M> {

  private final Class<M> type;
  private final String name;

  ModelReader(Class<M> type) {
    this(type, type.getSimpleName());
  }

  private ModelReader(Class<M> type, String name) {
    this.type = type;
    this.name = name;
  }

  /**
   * The model in a directory, of whatever kind it is.
   *
   * @throws IllegalArgumentException as {@link #load}, and if it is no model of a network
   */
  static RnnModel<?> loadAny(String path) {
    ModelReader<?> any = new ModelReader<>(RnnRegressionModel.class, "the model");
    ModelDirectory directory = new ModelDirectory(path, any.sparkSession());
    any.description(directory);
    Object stage = any.stage(directory, path);
    if (stage instanceof RnnModel<?> model) {
      return model.loadFrom(path);
    }
    throw any.refusal(
        directory, "it is a " + stage.getClass().getName() + ". Load it with that class.");
  }

  /**
   * The model in a directory.
   *
   * @throws IllegalArgumentException if there is none, a file is missing, cut short or edited, or
   *     the model is of another version; the message names the path and what was found
   */
  @Override
  public M load(String path) {
    ModelDirectory directory = new ModelDirectory(path, sparkSession());
    // The version first: metadata of a later version may hold params that Spark stumbles over.
    ModelDescription description = description(directory);
    M model = withParams(directory, path);
    NetworkSpec wanted = wanted(model, description);
    float[] parameters = parameters(directory, wanted, description.weightsSha256());
    if (!wanted.equals(description.network())) {
      throw refusal(
          directory,
          String.format(
              Locale.ROOT,
              "%s describes %s, and the params give %s; the directory was edited. Save the model"
                  + " again.",
              ModelWriter.DESCRIPTION,
              description.network(),
              wanted));
    }
    try {
      return model.restored(new FittedNetwork(wanted, parameters), description);
    } catch (JsonMappingException incomplete) {
      throw notOfAModel(directory);
    }
  }

  /** What the params say; an encoder hasn't all those of the model that it came from. */
  private static NetworkSpec wanted(RnnModel<?> model, ModelDescription description) {
    NetworkSpec described = description.network();
    return model.encodes()
        ? described
        : FitInputs.network(
            model,
            described.inputs(),
            described.outputs(),
            model.head(description),
            FitInputs.features(model, described).vocabularySizes());
  }

  private ModelDescription description(ModelDirectory directory) {
    String file = ModelWriter.DESCRIPTION;
    try {
      return ModelDescription.fromJson(directory.read(file));
    } catch (JsonProcessingException | NullPointerException corrupt) {
      throw notOfAModel(directory);
    } catch (IOException unreadable) {
      throw unreadable(directory, file, unreadable);
    } catch (IllegalArgumentException otherVersion) {
      throw refusal(directory, otherVersion.getMessage());
    }
  }

  private IllegalArgumentException notOfAModel(ModelDirectory directory) {
    return refusal(
        directory,
        ModelWriter.DESCRIPTION
            + " is not the JSON of a model; it is cut short or edited. "
            + "Save the model again.");
  }

  private Object stage(ModelDirectory directory, String path) {
    try {
      MLReader<Object> reader = new DefaultParamsReadable<Object>() {}.read();
      return reader.session(sparkSession()).load(path);
    } catch (Exception corrupt) {
      // Spark throws anything here, from "head of empty array" to its own checked exceptions.
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s at %s: Spark can't read the params in metadata (%s); the"
                  + " directory is not whole or was edited. Save the model again, or copy the"
                  + " directory anew.",
              name,
              directory,
              String.valueOf(corrupt.getMessage()).lines().findFirst().orElse("").strip()),
          corrupt);
    }
  }

  private M withParams(ModelDirectory directory, String path) {
    Object stage = stage(directory, path);
    if (type.isInstance(stage)) {
      return type.cast(stage);
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s at %s: the directory holds a %s. Load it with that class.",
            name,
            path,
            stage.getClass().getName()));
  }

  private float[] parameters(ModelDirectory directory, NetworkSpec spec, String weightsSha256) {
    String weights = ModelWriter.WEIGHTS;
    try {
      byte[] file = directory.read(weights);
      SafetensorsReader reader =
          SafetensorsReader.open(new ByteArrayInputStream(file), file.length);
      float[] parameters = reader.parameters(new Network(spec).layout());
      String found = HexFormat.of().formatHex(ModelWriter.sha256().digest(file));
      if (weightsSha256 != null && !weightsSha256.equals(found)) {
        throw refusal(
            directory,
            weights
                + " is not the file that was saved (its SHA-256 is another); it was damaged or"
                + " edited. Save the model again, or copy the directory anew.");
      }
      return parameters;
    } catch (IOException unreadable) {
      throw unreadable(directory, weights, unreadable);
    }
  }

  private IllegalArgumentException unreadable(
      ModelDirectory directory, String file, IOException failure) {
    if (!(failure instanceof FileNotFoundException)) {
      return refusal(directory, file + ": " + ModelWriter.reason(failure));
    }
    return refusal(
        directory,
        directory.exists()
            ? "there is no file "
                + file
                + "; the directory is not whole or holds something else."
                + " Save the model again, or load another path."
            : "there is no such directory. Load the path that the model was saved to.");
  }

  private IllegalArgumentException refusal(ModelDirectory directory, String sentence) {
    return new IllegalArgumentException(name + " at " + directory + ": " + sentence);
  }
}
