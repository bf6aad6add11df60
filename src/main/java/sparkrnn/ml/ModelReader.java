package sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** Loads what {@link ModelWriter} saved, and says what is wrong where it can't. */
final class ModelReader extends MLReader<RnnRegressionModel> {

  /**
   * The model in a directory.
   *
   * @throws IllegalArgumentException if there is none, a file is missing, cut short or edited, or
   *     the model is of another version; the message names the path and what was found
   */
  @Override
  public RnnRegressionModel load(String path) {
    ModelDirectory directory = new ModelDirectory(path, sparkSession());
    // The version first: metadata of a later version may hold params that Spark stumbles over.
    ModelDescription description = description(directory);
    RnnRegressionModel model = withParams(directory, path);
    NetworkSpec wanted =
        FitInputs.network(model, description.network().inputs(), description.network().outputs());
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
    FittedNetwork fitted = new FittedNetwork(wanted, parameters, description.arrayLabels());
    return model.become(fitted, description.history());
  }

  private static ModelDescription description(ModelDirectory directory) {
    String name = ModelWriter.DESCRIPTION;
    try {
      return ModelDescription.fromJson(directory.read(name));
    } catch (JsonProcessingException | NullPointerException corrupt) {
      throw refusal(
          directory,
          name
              + " is not the JSON of a model; it is cut short or edited. "
              + "Save the model again.");
    } catch (IOException unreadable) {
      throw unreadable(directory, name, unreadable);
    } catch (IllegalArgumentException otherVersion) {
      throw refusal(directory, otherVersion.getMessage());
    }
  }

  private RnnRegressionModel withParams(ModelDirectory directory, String path) {
    Object stage;
    try {
      MLReader<Object> reader = new DefaultParamsReadable<Object>() {}.read();
      stage = reader.session(sparkSession()).load(path);
    } catch (Exception corrupt) {
      // Spark throws anything here, from "head of empty array" to its own checked exceptions.
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "RnnRegressionModel at %s: Spark can't read the params in metadata (%s); the"
                  + " directory is not whole or was edited. Save the model again, or copy the"
                  + " directory anew.",
              directory,
              String.valueOf(corrupt.getMessage()).lines().findFirst().orElse("").strip()),
          corrupt);
    }
    if (stage instanceof RnnRegressionModel model) {
      return model;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "RnnRegressionModel at %s: the directory holds a %s. Load it with that class.",
            path,
            stage.getClass().getName()));
  }

  private static float[] parameters(
      ModelDirectory directory, NetworkSpec spec, String weightsSha256) {
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

  private static IllegalArgumentException unreadable(
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

  private static IllegalArgumentException refusal(ModelDirectory directory, String sentence) {
    return new IllegalArgumentException("RnnRegressionModel at " + directory + ": " + sentence);
  }
}
