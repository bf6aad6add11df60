package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sequences of 100,000 time steps are read, shuffled, trained on, validated and predicted in 1 GB,
 * Spark and all. If this fails, users of long sequences get an OutOfMemoryError in place of a
 * model.
 */
@Tag("slow")
@Tag("cluster")
@Timeout(1200)
final class LongSequencesTest {

  private static final Pattern LINE =
      Pattern.compile(
          "losses (\\S+) (\\S+) validation 1 predictions 6 heap (\\d+) MB process \\d+ MB seconds \\S+ epoch \\S+");

  @TempDir private Path directory;

  @Test
  void checkpointingTrainsThemInOneGigabyte() throws Exception {
    assertTrains("checkpointing");
  }

  @Test
  void truncationTrainsThemInOneGigabyte() throws Exception {
    assertTrains("1000");
  }

  private void assertTrains(String how) throws Exception {
    // JavaProcess gives -Xmx1g.
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("output.txt"),
            Map.of(),
            1000,
            LongSequencesProgram.class,
            "100000",
            "40",
            how);
    assertThat(result.exitCode()).as(result.output()).isZero();
    Matcher line = LINE.matcher(result.output());
    assertThat(line.find()).as(result.output()).isTrue();
    System.out.println(how + ": " + line.group());
    assertThat(Double.parseDouble(line.group(1))).isPositive();
    assertThat(Double.parseDouble(line.group(2))).isPositive();
    assertThat(Integer.parseInt(line.group(3))).isLessThanOrEqualTo(1024);
  }
}
