package sparkrnn.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.network.NetworkOutputs;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RandomNetworks;
import sparkrnn.onnx.OnnxModel;

/**
 * Exported files in the real libraries, and what these save of them back in here: else only our own
 * reader can read what we write.
 *
 * <pre>
 *   ./mvnw test -Dtest=RealLibrariesTest -Dformats.python=target/fixtures-venv/bin/python
 * </pre>
 *
 * <p>with a Python that has src/test/python/requirements.txt.
 */
@EnabledIfSystemProperty(named = "formats.python", matches = ".+")
class RealLibrariesTest {

  private static final long DRAWN = 60;
  private static final int SEQUENCES = 4;
  private static final int LONGEST = 8;

  @TempDir private Path folder;

  @Test
  void filesAgreeAndComeBack() throws Exception {
    List<ExpressibleNetworks.Drawn> keras = list(ExpressibleNetworks.inKeras(seeds()));
    List<ExpressibleNetworks.Drawn> pyTorch = list(ExpressibleNetworks.inPyTorch(seeds()));
    for (ExpressibleNetworks.Drawn drawn : keras) {
      describe(drawn);
      byte[] file = FormatsRoundTripTest.keras(drawn.spec(), parameters(drawn));
      Files.write(at(drawn, ".keras"), file);
    }
    for (ExpressibleNetworks.Drawn drawn : pyTorch) {
      describe(drawn);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      String note = json(Map.of("network", drawn.spec()));
      StateDictWriter.write(file, drawn.spec(), parameters(drawn), Map.of("spark_rnn.model", note));
      Files.write(at(drawn, ".pt"), file.toByteArray());
    }
    List<Long> drawnByAll = seeds().boxed().toList();
    for (long seed : drawnByAll) {
      ExpressibleNetworks.Drawn drawn =
          new ExpressibleNetworks.Drawn(seed + 1000, RandomNetworks.spec(seed));
      describe(drawn);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      OnnxModel.write(file, drawn.spec(), parameters(drawn), Map.of());
      Files.write(at(drawn, ".onnx"), file.toByteArray());
    }
    runPython(keras.size() + pyTorch.size() + drawnByAll.size());
    for (ExpressibleNetworks.Drawn drawn : keras) {
      ImportedNetwork back = KerasReader.read(Files.readAllBytes(at(drawn, ".back.keras")));
      assertThat(back.parameters()).as(drawn.toString()).containsExactly(parameters(drawn));
    }
    for (ExpressibleNetworks.Drawn drawn : pyTorch) {
      if (!drawn.spec().crf()) {
        byte[] file = Files.readAllBytes(at(drawn, ".back.safetensors"));
        StateDictReader.Untold untold =
            new StateDictReader.Untold("tanh", false, drawn.spec().pooling(), "mse");
        assertThat(FormatsRoundTripTest.ofStateDict(file, untold).parameters())
            .as(drawn.toString())
            .containsExactly(parameters(drawn));
      }
    }
  }

  private static LongStream seeds() {
    return LongStream.range(200, 200 + DRAWN);
  }

  private static List<ExpressibleNetworks.Drawn> list(Stream<ExpressibleNetworks.Drawn> drawn) {
    return drawn.toList();
  }

  private static float[] parameters(ExpressibleNetworks.Drawn drawn) {
    return RandomNetworks.parameters(drawn.seed(), drawn.spec());
  }

  private Path at(ExpressibleNetworks.Drawn drawn, String suffix) {
    return folder.resolve("network_" + drawn.seed() + suffix);
  }

  private static String json(Object value) throws IOException {
    return new ObjectMapper().writeValueAsString(value);
  }

  /** What check_formats.py compares with. */
  private void describe(ExpressibleNetworks.Drawn drawn) throws IOException {
    NetworkSpec spec = drawn.spec();
    float[][][] sequences = RandomNetworks.sequences(drawn.seed(), spec, SEQUENCES, LONGEST);
    NetworkOutputs network = new NetworkOutputs(spec, parameters(drawn), sequences);
    Map<String, Object> described = new HashMap<>();
    described.put("sequences", sequences);
    described.put("outputs", rows(spec, sequences, network.outputs()));
    described.put("activated", rows(spec, sequences, network.activated()));
    described.put("kerasGives", spec.loss().endsWith("Entropy") ? "activated" : "outputs");
    described.put("everyTimeStep", spec.pooling().equals("none"));
    described.put("crf", spec.crf());
    Files.writeString(at(drawn, ".json"), json(described));
  }

  private static List<float[][]> rows(NetworkSpec spec, float[][][] sequences, float[] flat) {
    int steps = flat.length / (sequences.length * spec.outputs());
    List<float[][]> all = new ArrayList<>();
    for (int s = 0; s < sequences.length; s++) {
      int own = spec.pooling().equals("none") ? sequences[s].length : 1;
      float[][] rows = new float[own][spec.outputs()];
      for (int t = 0; t < own; t++) {
        System.arraycopy(flat, (s * steps + t) * spec.outputs(), rows[t], 0, spec.outputs());
      }
      all.add(rows);
    }
    return all;
  }

  private void runPython(int files) throws IOException, InterruptedException {
    Path err = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                System.getProperty("formats.python"),
                "src/test/python/check_formats.py",
                folder.toString())
            .redirectError(err.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    assertThat(out.strip()).endsWith(files + " files agree");
  }
}
