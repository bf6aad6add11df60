package sparkrnn.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.safetensors.SafetensorsReader;

/**
 * What a scorer needs of a saved model's directory: the network of model.json, the parameters of
 * weights.safetensors, and of Spark's metadata whether it is an encoder.
 *
 * @param labels in the order of the outputs; empty where there are none
 */
public record SavedNetwork(
    NetworkSpec spec, float[] parameters, List<String> labels, boolean encodes) {

  private static final int FORMAT_VERSION = 1;
  private static final String DESCRIPTION = "model.json";
  private static final String WEIGHTS = "weights.safetensors";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static SavedNetwork read(Path directory) throws IOException {
    Path file = directory.resolve(DESCRIPTION);
    try {
      JsonNode root = JSON.readTree(file.toFile());
      if (root.path("formatVersion").intValue() != FORMAT_VERSION) {
        throw refusal(
            file,
            "it has format version %s; this spark-rnn reads version %d. Open it with the spark-rnn"
                + " that wrote it.",
            root.path("formatVersion"),
            FORMAT_VERSION);
      }
      fillIn(root.path("network"));
      NetworkSpec spec = JSON.treeToValue(root.path("network"), NetworkSpec.class);
      List<String> labels = new ArrayList<>();
      root.at("/classes/labels/names").forEach(name -> labels.add(name.asText()));
      float[] parameters =
          parameters(directory.resolve(WEIGHTS), spec, root.path("weightsSha256").asText(""));
      return new SavedNetwork(spec, parameters, labels, isEncoder(directory));
    } catch (JsonProcessingException | NullPointerException | IllegalArgumentException corrupt) {
      IOException refusal =
          refusal(
              file,
              "it is not the JSON of a model (%s); it is cut short or edited. Save the model"
                  + " again.",
              String.valueOf(corrupt.getMessage()).lines().findFirst().orElse(""));
      refusal.initCause(corrupt);
      throw refusal;
    }
  }

  /** What networks lack that were saved before there was a choice: what they were then. */
  public static void fillIn(JsonNode network) {
    if (network instanceof ObjectNode fields) {
      fields.putIfAbsent("pooling", TextNode.valueOf("last"));
      fields.putIfAbsent("tiedWeights", BooleanNode.FALSE);
      fields.putIfAbsent("outputDropout", DoubleNode.valueOf(0));
      fields.putIfAbsent("crf", BooleanNode.FALSE);
    }
    for (JsonNode layer : network.path("recurrentLayers")) {
      if (layer instanceof ObjectNode fields) {
        fields.putIfAbsent("bidirectional", BooleanNode.FALSE);
        fields.putIfAbsent("dropout", DoubleNode.valueOf(0));
        fields.putIfAbsent("recurrentDropout", DoubleNode.valueOf(0));
        fields.putIfAbsent("residual", BooleanNode.FALSE);
        fields.putIfAbsent("zoneout", DoubleNode.valueOf(0));
        fields.putIfAbsent("recurrentWeightDrop", DoubleNode.valueOf(0));
      }
    }
  }

  private static float[] parameters(Path file, NetworkSpec spec, String sha256) throws IOException {
    MessageDigest digest = newSha256();
    try (InputStream in =
        new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest)) {
      spec.requireAtMost(Files.size(file) / Float.BYTES);
      SafetensorsReader reader = SafetensorsReader.open(in, Files.size(file));
      float[] parameters = reader.parameters(new Network(spec).layout());
      if (!sha256.isEmpty() && !sha256.equals(HexFormat.of().formatHex(digest.digest()))) {
        throw refusal(
            file,
            "it is not the file that was saved (its SHA-256 is another). Copy the directory anew.");
      }
      return parameters;
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The metadata is one line of JSON in a file part-... of a directory. */
  private static boolean isEncoder(Path directory) throws IOException {
    Path metadata = directory.resolve("metadata");
    try (Stream<Path> files = Files.list(metadata)) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow(() -> refusal(metadata, "it has no file part-...; it is not whole."));
      return JSON.readTree(part.toFile()).path("class").asText("").endsWith(".RnnEncoder");
    }
  }

  private static IOException refusal(Path file, String format, Object... values) {
    return new IOException(
        "LocalScorer: " + file + ": " + String.format(Locale.ROOT, format, values));
  }
}
