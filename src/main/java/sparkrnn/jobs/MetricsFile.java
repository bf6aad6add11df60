package sparkrnn.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * The local file of --metrics.
 *
 * @param path is replaced; its directory is made if need be
 */
record MetricsFile(String path) {

  /**
   * Makes the directory: asks before the work what would only fail after it.
   *
   * @throws JobException if the file could not be written
   */
  void checkWritable() {
    File file = new File(path).getAbsoluteFile();
    File parent = file.getParentFile();
    if (!parent.isDirectory() && !parent.mkdirs()) {
      throw unwritable("the directory " + parent + " can't be made");
    }
    if (file.isDirectory() || !(file.exists() ? file : parent).canWrite()) {
      throw unwritable(file.isDirectory() ? "it is a directory" : "permission is denied");
    }
  }

  private JobException unwritable(String reason) {
    return new JobException(
        String.format(Locale.ROOT, "the metrics can't be written to \"%s\": %s.", path, reason));
  }

  /**
   * Writes values by their names as JSON.
   *
   * @throws JobException if the file can't be written
   */
  void write(Map<String, Object> values) {
    try {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(new File(path), values);
    } catch (IOException failed) {
      throw unwritable(failed.getMessage());
    }
  }
}
