package sparkrnn.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The time windows of a series in which something was wrong, from a file of labels as the Numenta
 * Anomaly Benchmark has them: {"series": [["begin", "end"], ...], ...}.
 */
final class AnomalyWindows {

  /** Both ends belong to it. */
  record Window(Timestamp begin, Timestamp end) {

    boolean holds(Timestamp time) {
      return !time.before(begin) && !time.after(end);
    }
  }

  private AnomalyWindows() {}

  /**
   * The windows of the series that the section "anomaly" names.
   *
   * @throws JobException if the file is no such JSON or has no such series
   */
  static List<Window> read(SparkSession spark, JobConfig config) {
    String path = config.required("anomaly.windows", "it names the file of labelled windows");
    String series = config.required("anomaly.series", "it names the series in the file of windows");
    JsonNode windows = parsed(path, text(spark, path)).path(series);
    if (!windows.isArray()) {
      throw new JobException(
          String.format(
              Locale.ROOT, "the file \"%s\" has no windows of the series \"%s\".", path, series));
    }
    List<Window> found = new ArrayList<>();
    for (JsonNode window : windows) {
      found.add(window(path, window));
    }
    return found;
  }

  private static String text(SparkSession spark, String path) {
    Path file = new Path(path);
    try {
      FileSystem files = file.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!files.exists(file)) {
        throw new JobException(
            String.format(Locale.ROOT, "the file \"%s\" of anomaly.windows doesn't exist.", path));
      }
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    }
    return spark.read().option("wholetext", true).text(path).head().getString(0);
  }

  private static JsonNode parsed(String path, String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new JobException(
          String.format(
              Locale.ROOT, "the file \"%s\" is not JSON: %s", path, malformed.getMessage()));
    }
  }

  private static Window window(String path, JsonNode window) {
    try {
      return new Window(
          Timestamp.valueOf(window.path(0).asText()), Timestamp.valueOf(window.path(1).asText()));
    } catch (IllegalArgumentException noTime) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "the file \"%s\" has the window %s; it must be two times such as"
                  + " \"2014-10-30 15:30:00\".",
              path,
              window));
    }
  }
}
