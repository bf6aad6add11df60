package sparkrnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sparkrnn.cluster.JavaProcess.Result;

/**
 * What -Prelease puts into target/repository, taken from there as people take it. If this fails,
 * {@code --packages} brings a jar that does not run, or fetches what is in the jar already.
 */
@Tag("release")
final class PackagesIT {

  private static final Path REPOSITORY = Path.of("target", "repository").toAbsolutePath();

  @TempDir private Path directory;

  private static Path published(String suffix) throws IOException {
    try (var found = Files.walk(REPOSITORY.resolve("sparkrnn/spark-rnn"))) {
      return found
          .filter(file -> file.getFileName().toString().matches("spark-rnn-[\\d.]+" + suffix))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + suffix + " in " + REPOSITORY));
    }
  }

  /** The one directory of a version. */
  private static String version() throws IOException {
    return published("\\.jar").getParent().getFileName().toString();
  }

  @Test
  void publishedPomListsNothingThatIsInTheJar() throws IOException {
    String pom = Files.readString(published("\\.pom"));
    assertThat(pom)
        .contains("<name>spark-rnn</name>", "<description>", "<developer>", "Apache-2.0")
        .doesNotContain("<artifactId>jhdf<", "<groupId>com.typesafe<", "<groupId>org.bytedeco<");
    // Those of the project, not the managed ones, nor those of profiles.
    String dependencies = pom.substring(pom.indexOf("\n  <dependencies>"));
    dependencies = dependencies.substring(0, dependencies.indexOf("\n  </dependencies>"));
    List<String> each = List.of(dependencies.split("<dependency>", -1));
    assertThat(each.subList(1, each.size()))
        .hasSizeGreaterThan(10)
        .allMatch(one -> one.matches("(?s).*<scope>(provided|test)</scope>.*"));
    assertThat(dependencies).contains("<artifactId>spark-mllib_2.13</artifactId>");
  }

  @Test
  void sourcesAndJavadocLieBesideTheJar() throws IOException {
    try (JarFile sources = new JarFile(published("-sources\\.jar").toFile());
        JarFile javadoc = new JarFile(published("-javadoc\\.jar").toFile())) {
      assertThat(sources.getEntry("sparkrnn/ml/RnnRegressor.java")).isNotNull();
      assertThat(javadoc.getEntry("sparkrnn/ml/RnnRegressor.html")).isNotNull();
    }
  }

  /** From the repository alone: Ivy is told of no other, and has an empty cache. */
  @Test
  @Timeout(420)
  void sparkSubmitFetchesItAndFits() throws Exception {
    Path settings =
        Files.writeString(
            directory.resolve("ivysettings.xml"),
            """
            <ivysettings>
              <settings defaultResolver="published"/>
              <resolvers><ibiblio name="published" m2compatible="true" root="REPOSITORY"/></resolvers>
            </ivysettings>
            """
                .replace("REPOSITORY", REPOSITORY.toUri().toString()));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--master", "local[2]"));
    arguments.addAll(List.of("--packages", "sparkrnn:spark-rnn:" + version()));
    arguments.addAll(List.of("--conf", "spark.jars.ivySettings=" + settings));
    arguments.addAll(List.of("--conf", "spark.jars.ivy=" + directory.resolve("ivy")));
    arguments.addAll(List.of("--class", "sparkrnn.jobs.Train", "spark-internal"));
    arguments.addAll(List.of("conf/seed.conf", "--set", "model.maxIter=1"));
    arguments.addAll(List.of("--set", "model.units=[8]"));
    Result fitted = submit(arguments);
    assertThat(fitted.exitCode()).as(fitted.output()).isZero();
    assertThat(fitted.output())
        .contains("found sparkrnn#spark-rnn;" + version() + " in published")
        .containsPattern("\\|\\s*default\\s*\\|\\s*1\\s*\\|\\s*1\\s*\\|")
        .containsPattern("test loss \\(mse\\): 0\\.\\d+");
  }

  /** Runs spark-submit on the class path of Spark alone. */
  private Result submit(List<String> arguments) throws Exception {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProcess.command(
                Files.readString(Launcher.sparkClassPath()),
                List.of("-Xmx1g"),
                SparkSubmit.class,
                arguments.toArray(new String[0])));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return JavaProcess.await(builder.start(), output, 400);
  }
}
