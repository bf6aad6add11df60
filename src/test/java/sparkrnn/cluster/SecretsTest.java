package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.LocalSpark;

/**
 * A fit with Spark's secret. If this fails, whoever may read a log, a checkpoint, a model or the
 * event log may also speak to the cluster.
 */
@ExtendWith(LocalSpark.class)
@Tag("slow")
final class SecretsTest {

  private static final String SECRET = "a-secret-that-nobody-may-see-7f3a91";

  @TempDir private Path directory;
  private final SparkSession spark;

  SecretsTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  @Timeout(180)
  void secretIsInNoLogAndNoFile() throws Exception {
    Path home = directory.resolve("spark-home");
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(directory.resolve("events"));
    Path log =
        Files.writeString(
            directory.resolve("log4j2.properties"),
            """
            rootLogger.level = info
            rootLogger.appenderRef.console.ref = console
            logger.ours.name = sparkrnn
            logger.ours.level = trace
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
            """);
    JavaProcess.Result result =
        JavaProcess.run(
            directory.resolve("driver.log"),
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "LOG4J_CONFIGURATION_FILE",
                log.toString()),
            160,
            SecretsProgram.class,
            directory.toString(),
            SECRET);
    assertThat(result.exitCode()).as(result.output()).isZero();
    String alone =
        SameBitsProgram.digest(
            SameBitsProgram.estimator("lstm").fit(SameBitsProgram.data(spark, 3)));
    assertThat(result.output()).contains("rpc digest " + alone);

    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    assertThat(files)
        .extracting(Path::toString)
        .anyMatch(name -> name.contains("/checkpoints/"))
        .anyMatch(name -> name.contains("/events/"))
        .anyMatch(name -> name.contains("/model/"))
        .anyMatch(name -> name.matches(".*/work/app-.*/std(out|err)"))
        .anyMatch(name -> name.endsWith("driver.log"));
    String encoded =
        Base64.getEncoder()
            .encodeToString(SECRET.getBytes(StandardCharsets.UTF_8))
            .substring(0, 40);
    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(text.contains(SECRET)).as("%s holds the secret", file).isFalse();
      assertThat(text.contains(encoded)).as("%s holds the encoded secret", file).isFalse();
    }
  }
}
