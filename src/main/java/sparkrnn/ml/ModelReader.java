package sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
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

  private static final Map<String, Function<String, RnnModel<?>>> MODELS =
      Map.of(
          RnnRegressionModel.class.getName(), RnnRegressionModel::load,
          RnnClassificationModel.class.getName(), RnnClassificationModel::load,
          RnnTaggingModel.class.getName(), RnnTaggingModel::load,
          RnnForecastModel.class.getName(), RnnForecastModel::load,
          RnnTextModel.class.getName(), RnnTextModel::load,
          RnnEncoder.class.getName(), RnnEncoder::load);

  /** Far above what vocabularies and histories need. */
  private static final int MOST_DESCRIPTION_BYTES = 1 << 28;

  private static final int MOST_SHOWN = 300;

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
    String name = any.className(directory);
    Function<String, RnnModel<?>> reader = MODELS.get(name);
    if (reader == null) {
      throw any.refusal(directory, "it is a " + shown(name) + ". Load it with that class.");
    }
    return reader.apply(path);
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
    requireType(directory);
    M model = withParams(directory);
    NetworkSpec wanted = wanted(model, description, directory);
    float[] parameters = parameters(directory, wanted, description.weightsSha256());
    if (!wanted.equals(description.network())) {
      throw refusal(
          directory,
          String.format(
              Locale.ROOT,
              "%s describes %s, and the params give %s; the directory was edited. Save the model"
                  + " again.",
              ModelWriter.DESCRIPTION,
              shown(String.valueOf(description.network())),
              shown(String.valueOf(wanted))));
    }
    try {
      return model.restored(new FittedNetwork(wanted, parameters), description);
    } catch (JsonMappingException incomplete) {
      throw notOfAModel(directory);
    }
  }

  /** What the params say; an encoder hasn't all those of the model that it came from. */
  private NetworkSpec wanted(
      RnnModel<?> model, ModelDescription description, ModelDirectory directory) {
    NetworkSpec described = description.network();
    if (model.encodes()) {
      return described;
    }
    try {
      return FitInputs.network(
          model,
          described.inputs(),
          described.outputs(),
          model.head(description),
          FitInputs.features(model, described).vocabularySizes());
    } catch (IllegalArgumentException impossible) {
      throw impossible(directory, impossible);
    }
  }

  private IllegalArgumentException impossible(
      ModelDirectory directory, IllegalArgumentException found) {
    return refusal(
        directory,
        String.format(
            Locale.ROOT,
            "%s and the params make no network (%s); the directory was edited. Save the model"
                + " again.",
            ModelWriter.DESCRIPTION,
            shown(String.valueOf(found.getMessage()))));
  }

  private Network network(NetworkSpec spec, ModelDirectory directory) {
    try {
      return new Network(spec);
    } catch (IllegalArgumentException impossible) {
      throw impossible(directory, impossible);
    }
  }

  private ModelDescription description(ModelDirectory directory) {
    String file = ModelWriter.DESCRIPTION;
    try {
      return ModelDescription.fromJson(directory.read(file, MOST_DESCRIPTION_BYTES));
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

  /**
   * The class that the metadata names. Spark makes an instance of whatever class that is, so it is
   * looked at before.
   */
  private String className(ModelDirectory directory) {
    try {
      return directory.className();
    } catch (IOException corrupt) {
      throw unreadableMetadata(directory, ModelWriter.reason(corrupt), corrupt);
    }
  }

  private void requireType(ModelDirectory directory) {
    String found = className(directory);
    if (!found.equals(type.getName())) {
      throw refusal(
          directory, "the directory holds a " + shown(found) + ". Load it with that class.");
    }
  }

  private static String shown(String found) {
    return found.length() <= MOST_SHOWN ? found : found.substring(0, MOST_SHOWN) + "...";
  }

  private M withParams(ModelDirectory directory) {
    try {
      MLReader<Object> reader = new DefaultParamsReadable<Object>() {}.read();
      return type.cast(reader.session(sparkSession()).load(directory.toString()));
    } catch (Exception corrupt) {
      // Spark throws anything here, from "head of empty array" to its own checked exceptions.
      throw unreadableMetadata(directory, String.valueOf(corrupt.getMessage()), corrupt);
    }
  }

  private IllegalArgumentException unreadableMetadata(
      ModelDirectory directory, String reason, Exception cause) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s at %s: Spark can't read the params in metadata (%s); the directory is not whole or"
                + " was edited. Save the model again, or copy the directory anew.",
            name,
            directory,
            shown(reason.lines().findFirst().orElse("").strip())),
        cause);
  }

  private float[] parameters(ModelDirectory directory, NetworkSpec spec, String weightsSha256) {
    String weights = ModelWriter.WEIGHTS;
    MessageDigest digest = ModelWriter.sha256();
    Network network = network(spec, directory);
    try (InputStream file = new DigestInputStream(directory.open(weights), digest)) {
      SafetensorsReader reader = SafetensorsReader.open(file, directory.length(weights));
      float[] parameters = reader.parameters(network.layout());
      String found = HexFormat.of().formatHex(digest.digest());
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
            : ReplacedDirectory.leftOf(directory));
  }

  private IllegalArgumentException refusal(ModelDirectory directory, String sentence) {
    return new IllegalArgumentException(name + " at " + directory + ": " + sentence);
  }
}
