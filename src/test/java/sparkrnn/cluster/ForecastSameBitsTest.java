package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a forecaster learns beside its weights does not depend on the layout either. */
@Timeout(300)
final class ForecastSameBitsTest {

  @TempDir private Path directory;

  @Test
  void everyMasterAndPartitioningGivesTheSameForecaster() throws Exception {
    List<String> digests = new ArrayList<>();
    for (String master : List.of("local[1]", "local[2]")) {
      JavaProcess.Result result =
          JavaProcess.run(
              directory.resolve("output.txt"),
              Map.of(),
              120,
              ForecastSameBitsProgram.class,
              new String[] {master});
      assertThat(result.exitCode()).as(result.output()).isZero();
      result
          .output()
          .lines()
          .filter(line -> line.matches("forecast \\d+ [0-9a-f]{16}"))
          .forEach(line -> digests.add(line.substring(line.lastIndexOf(' ') + 1)));
    }
    assertThat(digests).hasSize(4);
    assertThat(digests.stream().distinct()).as("digests %s", digests).hasSize(1);
  }
}
