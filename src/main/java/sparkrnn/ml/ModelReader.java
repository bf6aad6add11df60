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

  ModelReader(Class<M> type) {
    this.type = type;
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
    NetworkSpec wanted =
        FitInputs.network(
            model,
            description.network().inputs(),
            description.network().outputs(),
            model.head(description),
            FitInputs.features(model, description.network()).vocabularySizes());
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

  private ModelDescription description(ModelDirectory directory) {
    String name = ModelWriter.DESCRIPTION;
    try {
      return ModelDescription.fromJson(directory.read(name));
    } catch (JsonProcessingException | NullPointerException corrupt) {
      throw notOfAModel(directory);
    } catch (IOException unreadable) {
      throw unreadable(directory, name, unreadable);
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

  private M withParams(ModelDirectory directory, String path) {
    Object stage;
    try {
      MLReader<Object> reader = new DefaultParamsReadable<Object>() {}.read();
      stage = reader.session(sparkSession()).load(path);
    } catch (Exception corrupt) {
      // Spark throws anything here, from "head of empty array" to its own checked exceptions.
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s at %s: Spark can't read the params in metadata (%s); the"
                  + " directory is not whole or was edited. Save the model again, or copy the"
                  + " directory anew.",
              type.getSimpleName(),
              directory,
              String.valueOf(corrupt.getMessage()).lines().findFirst().orElse("").strip()),
          corrupt);
    }
    if (type.isInstance(stage)) {
      return type.cast(stage);
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s at %s: the directory holds a %s. Load it with that class.",
            type.getSimpleName(),
            path,
            stage.getClass().getName()));
  }

  private float[] parameters(ModelDirectory directory, NetworkSpec spec, String weightsSha256) {
    String name = ModelWriter.WEIGHTS;
    try {
      byte[] file = directory.read(name);
      SafetensorsReader reader =
          SafetensorsReader.open(new ByteArrayInputStream(file), file.length);
      float[] parameters = reader.parameters(new Network(spec).layout());
      String found = HexFormat.of().formatHex(ModelWriter.sha256().digest(file));
      if (weightsSha256 != null && !weightsSha256.equals(found)) {
        throw refusal(
            directory,
            name
                + " is not the file that was saved (its SHA-256 is another); it was damaged or"
                + " edited. Save the model again, or copy the directory anew.");
      }
      return parameters;
    } catch (IOException unreadable) {
      throw unreadable(directory, name, unreadable);
    }
  }

  private IllegalArgumentException unreadable(
      ModelDirectory directory, String name, IOException failure) {
    if (!(failure instanceof FileNotFoundException)) {
      return refusal(directory, name + ": " + ModelWriter.reason(failure));
    }
    return refusal(
        directory,
        directory.exists()
            ? "there is no file "
                + name
                + "; the directory is not whole or holds something else."
                + " Save the model again, or load another path."
            : "there is no such directory. Load the path that the model was saved to.");
  }

  private IllegalArgumentException refusal(ModelDirectory directory, String sentence) {
    return new IllegalArgumentException(
        type.getSimpleName() + " at " + directory + ": " + sentence);
  }
}
