package sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import sparkrnn.network.NetworkSpec;
import sparkrnn.scoring.SavedNetwork;
import sparkrnn.training.TrainingHistory;

/**
 * What the file model.json holds: all of a model but its params and weights.
 *
 * @param formatVersion of the directory; raised when older libraries can't read what is written
 * @param libraryVersion that wrote it
 * @param network as its record
 * @param arrayLabels of a regression: whether predictions are arrays
 * @param classes of a classifier; null in other models and in those of before there were
 *     classifiers
 * @param forecast of a forecaster; null in other models
 * @param language of a language model; null in other models
 * @param weightsSha256 of the file of the weights, in hex; null in models of before it was kept
 * @param history as its record; null if the model has none
 */
record ModelDescription(
    int formatVersion,
    String libraryVersion,
    NetworkSpec network,
    boolean arrayLabels,
    ClassDescription classes,
    ForecastDescription forecast,
    LanguageDescription language,
    String weightsSha256,
    TrainingHistory history) {

  static final int FORMAT_VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static ModelDescription of(FittedNetwork fitted, String weightsSha256, TrainingHistory history) {
    return new ModelDescription(
        FORMAT_VERSION,
        writingVersion(),
        fitted.spec(),
        false,
        null,
        null,
        null,
        weightsSha256,
        history);
  }

  ModelDescription withArrayLabels(boolean value) {
    return new ModelDescription(
        formatVersion,
        libraryVersion,
        network,
        value,
        classes,
        forecast,
        language,
        weightsSha256,
        history);
  }

  ModelDescription withClasses(ClassDescription value) {
    return new ModelDescription(
        formatVersion,
        libraryVersion,
        network,
        arrayLabels,
        value,
        forecast,
        language,
        weightsSha256,
        history);
  }

  ModelDescription withLanguage(LanguageDescription value) {
    return new ModelDescription(
        formatVersion,
        libraryVersion,
        network,
        arrayLabels,
        classes,
        forecast,
        value,
        weightsSha256,
        history);
  }

  ModelDescription withForecast(ForecastDescription value) {
    return new ModelDescription(
        formatVersion,
        libraryVersion,
        network,
        arrayLabels,
        classes,
        value,
        language,
        weightsSha256,
        history);
  }

  /**
   * The classes of a model that has as many labels as outputs.
   *
   * @throws JsonMappingException if it hasn't
   */
  ClassDescription requireClasses() throws JsonMappingException {
    if (classes == null || classes.labels().size() != network.outputs()) {
      throw new JsonMappingException(null, "it has not one label for each output");
    }
    return classes;
  }

  /** The version of the library that is running. */
  static String writingVersion() {
    String version = ModelDescription.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  byte[] toJson() throws JsonProcessingException {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws JsonProcessingException if it is not such JSON; the message says how
   * @throws IllegalArgumentException if it is of another version
   */
  static ModelDescription fromJson(byte[] json) throws IOException {
    JsonNode root = JSON.readTree(json);
    JsonNode version = root.path("formatVersion");
    if (!version.isInt()) {
      throw new JsonMappingException(null, "it has no formatVersion");
    }
    if (version.intValue() != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the model has format version %d (written by spark-rnn %s); this spark-rnn reads"
                  + " version %d. Load it with the spark-rnn that wrote it, or train it again.",
              version.intValue(),
              root.path("libraryVersion").asText("unknown"),
              FORMAT_VERSION));
    }
    SavedNetwork.fillIn(root.path("network"));
    ModelDescription description = JSON.treeToValue(root, ModelDescription.class);
    if (Objects.isNull(description.network())) {
      throw new JsonMappingException(null, "it has no network");
    }
    return description;
  }
}
