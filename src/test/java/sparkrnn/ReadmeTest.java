package sparkrnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what a newcomer types first; it must run as it stands there. */
@ExtendWith(LocalSpark.class)
final class ReadmeTest {

  private static String readme() throws java.io.IOException {
    return Files.readString(Path.of("README.md"));
  }

  @Test
  void javaExampleCompilesAndForecasts(SparkSession spark, @TempDir Path directory)
      throws Exception {
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
    assertThat(block.find()).isTrue();
    Path source = Files.writeString(directory.resolve("Example.java"), block.group(1));
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                source.toString());
    assertThat(exit).isZero();
    Dataset<Row> readings =
        spark
            .range(400)
            .select(
                functions.col("id").mod(2).as("meter"),
                functions.timestamp_seconds(functions.col("id").multiply(1800)).as("at"),
                functions.sin(functions.col("id").divide(9)).as("load"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      Object predicted =
          loader.loadClass("Example").getMethod("forecast", Dataset.class).invoke(null, readings);
      @SuppressWarnings("unchecked")
      Dataset<Row> rows = (Dataset<Row>) predicted;
      assertThat(rows.columns()).contains("meter", "windowEnd", "label", "prediction");
      assertThat(rows.filter("prediction is not null").count()).isEqualTo(2 * (200 - 24 - 5));
    }
  }

  @Test
  void filesThatItNamesExist() throws java.io.IOException {
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
    int links = 0;
    while (link.find()) {
      assertThat(Path.of(link.group(1))).exists();
      links++;
    }
    assertThat(links).isGreaterThanOrEqualTo(3);
  }

  @Test
  void commandsOfTheReadmeAreThoseThatCiRuns() throws java.io.IOException {
    String ci = Files.readString(Path.of(".ci/run"));
    for (String command : List.of("jobs/train conf/seed.conf", "verify")) {
      assertThat(readme()).contains(command);
      assertThat(ci).contains(command);
    }
  }
}
