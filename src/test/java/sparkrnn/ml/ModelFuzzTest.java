package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.cluster.JavaProcess;

/**
 * Damaged and hostile model directories. If this fails, a file that somebody sent ends a process
 * with an error of the JVM, or is used as a model that it is not.
 */
@Tag("spark-4.1")
final class ModelFuzzTest {

  @TempDir private Path directory;

  @Test
  void damagedDirectoriesAreRefusedOrAreModels() throws IOException {
    ModelFuzz.Outcome outcome = new ModelFuzz(directory).run(3_000, 1);
    System.out.println("models: " + outcome);
    assertThat(outcome.refused()).isBetween(1_000, 2_990);
  }

  @Test
  @Tag("slow")
  @Timeout(2400)
  void hundredThousandDamagedDirectoriesNeedNoMemory() throws Exception {
    Path output = directory.resolve("output.txt");
    Process process =
        JavaProcess.start(
            output,
            Map.of(),
            List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"),
            ModelFuzz.class,
            directory.toString(),
            "100000",
            "1000000");
    JavaProcess.Result result = JavaProcess.await(process, output, 2300);
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("Outcome[count=100000, ");
  }
}
