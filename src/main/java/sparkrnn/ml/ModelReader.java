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
import org.apache.spark.ml.util.MLReader;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.safetensors.SafetensorsReader;
import sparkrnn.storage.SavedStage;

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
    String name = any.stage(directory).className(directory::className);
    Function<String, RnnModel<?>> reader = MODELS.get(name);
    if (reader == null) {
      throw any.refusal(
          directory, "it is a " + SavedStage.shown(name) + ". Load it with that class.");
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
    SavedStage stage = stage(directory);
    stage.requireClass(type, directory::className);
    M model = stage.withParams(type, sparkSession());
    requireRoom(description.network(), directory);
    Network network = network(description.network(), directory);
    NetworkSpec wanted = wanted(model, description, directory);
    if (!wanted.equals(description.network())) {
      throw refusal(
          directory,
          String.format(
              Locale.ROOT,
              "%s describes %s, and the params give %s; the directory was edited. Save the model"
                  + " again.",
              ModelWriter.DESCRIPTION,
              SavedStage.shown(String.valueOf(description.network())),
              SavedStage.shown(String.valueOf(wanted))));
    }
    float[] parameters = parameters(directory, network, description.weightsSha256());
    try {
      return model.restored(new FittedNetwork(wanted, parameters), description);
    } catch (JsonMappingException incomplete) {
      throw notOfAModel(directory);
    }
  }

  private void requireRoom(NetworkSpec described, ModelDirectory directory) {
    try {
      described.requireAtMost(directory.length(ModelWriter.WEIGHTS) / Float.BYTES);
    } catch (IllegalArgumentException impossible) {
      throw impossible(directory, impossible);
    } catch (IOException unreadable) {
      throw unreadable(directory, ModelWriter.WEIGHTS, unreadable);
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
            SavedStage.shown(String.valueOf(found.getMessage()))));
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

  private SavedStage stage(ModelDirectory directory) {
    return new SavedStage(name, directory.toString());
  }

  private float[] parameters(ModelDirectory directory, Network network, String weightsSha256) {
    String weights = ModelWriter.WEIGHTS;
    MessageDigest digest = ModelWriter.sha256();
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
      return refusal(directory, file + ": " + SavedStage.reason(failure));
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
    return stage(directory).refusal(sentence);
  }
}
