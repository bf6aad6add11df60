package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;
import sparkrnn.onnx.OnnxRun;

/** The job behind jobs/export. */
@ExtendWith(LocalSpark.class)
final class ExportTest {

  @TempDir private Path directory;

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
  }

  private Path config() throws IOException {
    return Files.writeString(
        directory.resolve("job.conf"),
        """
        data.source = mackey-glass
        data.length = 300
        window { timeCol = time, valueCols = [value], windowSize = 10, horizon = 6 }
        split { train = 100, test = 50 }
        model { units = [4], maxIter = 1 }
        """
            + "output.model = \""
            + directory.resolve("model")
            + "\"\n");
  }

  private String export(Path config, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(config.toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Export.run(
        JobArguments.parse(JobCommand.EXPORT, arguments.toArray(new String[0])),
        new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void trainedModelIsWrittenInAllFormats() throws Exception {
    Path config = config();
    LocalSpark.session();
    Train.run(JobArguments.parse(JobCommand.TRAIN, config.toString()), nowhere(), nowhere());
    Path onnx = directory.resolve("m.onnx");
    Path keras = directory.resolve("m.keras");
    Path pyTorch = directory.resolve("m.safetensors");
    String[] settings = {
      "export.onnx=" + onnx, "export.keras=" + keras, "export.pytorch=" + pyTorch
    };
    assertThat(export(config, settings)).contains("The network is at " + keras);
    try (OnnxRun run = new OnnxRun(Files.readAllBytes(onnx))) {
      assertThat(run.run(new float[][][] {{{0.5f}, {0.1f}}}, 0)).containsKey("outputs");
    }
    assertThat(keras).isNotEmptyFile();
    assertThat(pyTorch).isNotEmptyFile();
    assertThatThrownBy(() -> export(config, settings))
        .hasMessage(
            "export.onnx \""
                + onnx
                + "\" exists; give another path, or --set"
                + " output.overwrite=true.");
    assertThatThrownBy(() -> export(config))
        .hasMessage(
            "there is nothing to export; set export.onnx, export.keras or export.pytorch to a"
                + " file.");
  }
}
