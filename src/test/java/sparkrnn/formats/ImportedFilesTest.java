package sparkrnn.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.ParityFixture;
import sparkrnn.safetensors.NamedTensor;
import sparkrnn.scoring.LocalScorer;

/**
 * Files as users of Keras and PyTorch save them: else their models score other numbers here.
 * make_formats_fixtures.py wrote them with the real libraries.
 */
class ImportedFilesTest {

  private static final Path FILES = Path.of("src/test/resources/fixtures/formats");
  private static final StateDictReader.Untold LAST =
      new StateDictReader.Untold("relu", false, "last", "mse");

  @ParameterizedTest
  @CsvSource({
    "keras_seed, mse, last",
    "keras_stacked_softmax, crossEntropy, last",
    "keras_embedding_sigmoid, binaryCrossEntropy, max",
    "keras_tagger, crossEntropy, none"
  })
  void kerasModelsScoreAsInKeras(String name, String loss, String pooling) throws Exception {
    ImportedNetwork found = KerasReader.read(Files.readAllBytes(FILES.resolve(name + ".keras")));
    assertThat(found.spec().loss()).isEqualTo(loss);
    assertThat(found.spec().pooling()).isEqualTo(pooling);
    assertScores(name, found);
  }

  @ParameterizedTest
  @CsvSource({"pytorch_lstm, lstm", "pytorch_gru, gru", "pytorch_rnn_relu, simpleRnn"})
  void pyTorchModulesScoreAsInPyTorch(String name, String cell) throws Exception {
    byte[] file = Files.readAllBytes(FILES.resolve(name + ".pt.safetensors"));
    ImportedNetwork found = FormatsRoundTripTest.ofStateDict(file, LAST);
    assertThat(found.spec().recurrentLayers()).allMatch(layer -> layer.cell().equals(cell));
    assertScores(name, found);
  }

  private static void assertScores(String name, ImportedNetwork found) throws Exception {
    ParityFixture fixture = ParityFixture.named("formats", name);
    assertThat(fixture.text("script_sha256"))
        .as("sha256 of the script; write the fixtures again after a change")
        .isEqualTo(ParityFixture.sha256OfScript("make_formats_fixtures.py"));
    NetworkSpec spec = found.spec();
    LocalScorer scorer = LocalScorer.of(spec, found.parameters(), List.of());
    float[] x = fixture.values("x");
    float[] expected = fixture.values("outputs");
    int row = 0;
    int compared = 0;
    for (float length : fixture.values("lengths")) {
      float[][] sequence = new float[(int) length][];
      for (int t = 0; t < sequence.length; t++, row++) {
        sequence[t] = Arrays.copyOfRange(x, row * spec.inputs(), (row + 1) * spec.inputs());
      }
      double[][] rows =
          spec.pooling().equals("none")
              ? scorer.predictTimeSteps(sequence)
              : new double[][] {scorer.predict(sequence)};
      for (double[] outputs : rows) {
        for (double output : outputs) {
          assertThat(output).isCloseTo(expected[compared++], within(1e-5));
        }
      }
    }
    assertThat(compared).isEqualTo(expected.length);
  }

  private static byte[] zip(String config) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(config.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      zip.write(new byte[] {1, 2, 3});
    }
    return file.toByteArray();
  }

  private static String sequential(String... layers) {
    return "{\"class_name\":\"Sequential\",\"config\":{\"layers\":["
        + "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"in\",\"batch_shape\":[null,null,2]}},"
        + String.join(",", layers)
        + "]}}";
  }

  private static String layer(String kind, String config) {
    return "{\"class_name\":\"" + kind + "\",\"config\":{\"name\":\"one\"," + config + "}}";
  }

  private static void assertRefused(String config, String message) {
    assertThatThrownBy(() -> KerasReader.read(zip(config)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void kerasLayersThatThereAreNoneOfAreNamed() {
    String head =
        "{\"class_name\":\"Dense\",\"config\":{\"name\":\"head\",\"units\":1,"
            + "\"activation\":\"linear\"}}";
    assertRefused(
        sequential(layer("Conv1D", "\"filters\":3"), head),
        "layer \"one\" is a Conv1D, which there is none of here");
    assertRefused(
        sequential(layer("LSTM", "\"units\":3,\"activation\":\"relu\""), head),
        "layer \"one\" has the activation \"relu\"; a LSTM has one of [tanh] here");
    assertRefused(
        sequential(layer("GRU", "\"units\":3,\"reset_after\":false"), head),
        "layer \"one\" has reset_after false; it must be true");
    assertRefused(
        sequential(layer("LSTM", "\"units\":3,\"go_backwards\":true"), head),
        "layer \"one\" has go_backwards true; it must be false");
    assertRefused(
        sequential(head, layer("LSTM", "\"units\":3")),
        "layer \"head\" is a second Dense layer or one before the recurrent layers; there is one,"
            + " the head");
    assertRefused(
        sequential(layer("LSTM", "\"units\":3")),
        "the model has no head; it must be features, recurrent layers, then one Dense layer");
    assertRefused(
        "{\"class_name\":\"Mine\"}",
        "the model is a \"Mine\"; it must be sequential or functional");
  }

  /** Where all contents of a zip have ended: at the first "PK12" of its directory. */
  private static int directoryOfZip(byte[] zip) {
    int at = 0;
    while (zip[at] != 'P' || zip[at + 1] != 'K' || zip[at + 2] != 1 || zip[at + 3] != 2) {
      at++;
    }
    return at;
  }

  @Test
  void damagedKerasFilesAreRefused() throws IOException {
    assertThatThrownBy(() -> KerasReader.read(new byte[] {1, 2}))
        .hasMessage("it is no .keras file, a zip with config.json and model.weights.h5");
    byte[] whole = Files.readAllBytes(FILES.resolve("keras_seed.keras"));
    for (int cut = 1; cut < directoryOfZip(whole); cut += 997) {
      byte[] start = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> KerasReader.read(start))
          .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
    }
    String head = "{\"class_name\":\"Dense\",\"config\":{\"name\":\"head\",\"units\":1}}";
    assertThatThrownBy(() -> KerasReader.read(zip(sequential(layer("LSTM", "\"units\":3"), head))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model.weights.h5 is no HDF5 file that can be read (");
    String wide = layer("LSTM", "\"units\":300");
    assertThatThrownBy(() -> KerasReader.read(zip(sequential(wide, head))))
        .hasMessage("model.weights.h5 has 3 bytes for 363901 parameters; it is not whole");
  }

  @Test
  void bombIsNotUnpacked() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(new byte[10_000_000]);
    }
    assertThatThrownBy(() -> KerasReader.read(file.toByteArray()))
        .hasMessage(
            "config.json has more than 100 times the bytes of the whole file when unpacked");
  }

  private static NamedTensor tensor(String name, Integer... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return new NamedTensor(name, List.of(shape), new float[size], 0);
  }

  private static void assertRefused(String message, NamedTensor... tensors) {
    assertThatThrownBy(() -> StateDictReader.read(List.of(tensors), LAST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void tensorsThatHaveNoPlaceAreNamed() {
    NamedTensor inputs = tensor("rnn.weight_ih_l0", 12, 2);
    NamedTensor state = tensor("rnn.weight_hh_l0", 12, 3);
    NamedTensor head = tensor("fc.weight", 1, 3);
    NamedTensor bias = tensor("fc.bias", 1);
    assertRefused("there is no tensor \"...weight_ih_l0\" of a recurrent module", head, bias);
    assertRefused("there is no tensor \"rnn.weight_hh_l0\"", inputs, head, bias);
    assertRefused(
        "there is no linear layer (a matrix \"...weight\" with \"...bias\"), the head",
        inputs,
        state);
    assertRefused(
        "\"fc.weight\" and \"out.weight\" are two linear layers; there is one, the head",
        inputs,
        state,
        head,
        bias,
        tensor("out.weight", 1, 1),
        tensor("out.bias", 1));
    assertRefused(
        "\"norm.weight\" of shape (3) is of no layer that there is",
        inputs,
        state,
        head,
        bias,
        tensor("norm.weight", 3));
    assertRefused(
        "\"rnn.weight_hr_l0\" is a projection of an LSTM (proj_size), which there is none of",
        inputs,
        state,
        head,
        bias,
        tensor("rnn.weight_hr_l0", 2, 3));
    assertRefused(
        "\"rnn.weight_hh_l0\" has 2 gates; there are 1, 3 or 4",
        inputs,
        tensor("rnn.weight_hh_l0", 6, 3),
        head,
        bias);
    assertRefused(
        "\"fc.weight\" has shape (5, 1) where (3, 1) is needed",
        inputs,
        state,
        tensor("fc.weight", 1, 5),
        bias);
  }
}
