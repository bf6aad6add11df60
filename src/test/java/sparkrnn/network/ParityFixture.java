package sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.safetensors.NamedTensor;
import sparkrnn.safetensors.SafetensorsReader;

/**
 * One file of numbers that another library computed for a small network; the script that wrote it
 * says what is in it.
 */
public final class ParityFixture {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final Path SCRIPTS = Path.of("src/test/python");
  private static final String SUFFIX = ".safetensors";

  private final Path file;
  private final Map<String, String> metadata;
  private final Map<String, NamedTensor> tensors = new HashMap<>();

  private ParityFixture(Path file, Map<String, String> metadata, List<NamedTensor> tensors) {
    this.file = file;
    this.metadata = metadata;
    tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
  }

  /** Every file in the folder of a library; one that is no fixture fails to be read. */
  public static List<ParityFixture> all(String library) throws IOException {
    List<ParityFixture> fixtures = new ArrayList<>();
    try (Stream<Path> files = Files.list(FIXTURES.resolve(library))) {
      for (Path file : files.sorted().toList()) {
        fixtures.add(read(file));
      }
    }
    return fixtures;
  }

  /** The fixture of this name in the folder of a library. */
  public static ParityFixture named(String library, String name) throws IOException {
    return read(FIXTURES.resolve(library).resolve(name + SUFFIX));
  }

  private static ParityFixture read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      SafetensorsReader reader = SafetensorsReader.open(in, Files.size(file));
      return new ParityFixture(file, reader.metadata(), reader.tensors());
    }
  }

  /** The name of the case: "lstm_stacked". */
  public String name() {
    return file.getFileName().toString().replace(SUFFIX, "");
  }

  String sha256() throws IOException, GeneralSecurityException {
    return sha256(file);
  }

  /** Of a script under src/test/python and of what it writes files with. */
  public static String sha256OfScript(String script) throws IOException, GeneralSecurityException {
    return sha256(SCRIPTS.resolve(script), SCRIPTS.resolve("fixture_files.py"));
  }

  private static String sha256(Path... files) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files) {
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The lines "package==version" that the scripts are installed by. */
  public static List<String> requirements() throws IOException {
    return Files.readAllLines(SCRIPTS.resolve("requirements.txt"));
  }

  public String text(String name) {
    assertThat(metadata).as("metadata of %s", file).containsKey(name);
    return metadata.get(name);
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  int[] numbers(String name) {
    return Arrays.stream(text(name).split(",")).mapToInt(Integer::parseInt).toArray();
  }

  public float[] values(String name) {
    return tensor(name).values();
  }

  private NamedTensor tensor(String name) {
    assertThat(tensors).as("tensors of %s", file).containsKey(name);
    return tensors.get(name);
  }

  /**
   * The tensors "kind/parameter" of a layout in one flat array.
   *
   * <p>Fails unless the file has just these of this kind, in these shapes.
   */
  float[] flat(String kind, ParameterLayout layout) {
    String prefix = kind + "/";
    float[] flat = new float[layout.size()];
    List<String> names = new ArrayList<>();
    for (ParameterLayout.Tensor wanted : layout.tensors()) {
      NamedTensor found = tensor(prefix + wanted.name());
      assertThat(found.shape()).as("shape of %s", found.name()).isEqualTo(wanted.shape());
      System.arraycopy(found.values(), 0, flat, wanted.offset(), wanted.size());
      names.add(found.name());
    }
    assertThat(tensors.keySet().stream().filter(name -> name.startsWith(prefix)))
        .containsExactlyInAnyOrderElementsOf(names);
    return flat;
  }

  NetworkSpec spec() {
    List<RecurrentSpec> layers =
        Arrays.stream(numbers("units")).mapToObj(this::recurrentLayer).toList();
    return new NetworkSpec(
        number("inputs"),
        layers,
        number("outputs"),
        text("loss"),
        Double.parseDouble(text("huber_delta")),
        text("pooling"));
  }

  private RecurrentSpec recurrentLayer(int units) {
    return new RecurrentSpec(
        text("cell"),
        units,
        text("activation"),
        "glorot_uniform",
        "orthogonal",
        Boolean.parseBoolean(text("bidirectional")),
        0,
        0);
  }

  /**
   * The targets that our losses get: of classes with the label smoothing of our rows, where Keras
   * has it in its losses.
   */
  float[] targets() {
    float[] targets = values("targets");
    double smoothing = Double.parseDouble(text("label_smoothing"));
    int outputs = number("outputs");
    return switch (text("loss")) {
      case "crossEntropy" -> SmoothedTargets.ofOneClass(targets, outputs, smoothing);
      case "binaryCrossEntropy" -> SmoothedTargets.ofArrays(targets, outputs, smoothing);
      default -> targets;
    };
  }

  /** The batch of a training step, from 0: the same in all steps, or one behind the other. */
  ParityBatch batch(int step) {
    int batches = values("weights").length / numbers("lengths").length;
    return ParityBatch.pack(this, step % batches, batches);
  }

  @Override
  public String toString() {
    return name();
  }
}
