package sparkrnn.ml;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import sparkrnn.page.Page;
import sparkrnn.report.FitPage;
import sparkrnn.report.LivePage;
import sparkrnn.storage.SavedStage;
import sparkrnn.training.TrainingListener;

/** The page of HTML on a fit: of a model afterwards, or of an estimator while it fits. */
final class FitReport {

  private FitReport() {}

  /** The page on a fitted model, at a path. */
  static void write(RnnModel<?> model, String path) {
    Page page = page(model).withLayers(model.describe()).of(model.summary().history(), Map.of());
    Configuration hadoop = SparkSession.active().sparkContext().hadoopConfiguration();
    try {
      replace(new Path(path), hadoop, page);
    } catch (IOException | IllegalArgumentException unwritable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the report \"%s\" can't be written (%s). Give a path that you may write to.",
              model.getClass().getSimpleName(),
              path,
              SavedStage.reason(unwritable)),
          unwritable);
    }
  }

  /**
   * A listener that writes the page of reportPath.
   *
   * @throws IllegalArgumentException if it can't be written
   */
  static LivePage live(RnnParams stage, List<TrainingListener> listeners, SparkSession session) {
    String path = stage.getReportPath();
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    try {
      return new LivePage(
          page(stage),
          page -> replace(new Path(path), hadoop, page),
          sentence -> listeners.forEach(listener -> listener.notice(sentence)),
          System::nanoTime);
    } catch (IOException | IllegalArgumentException unwritable) {
      throw new IllegalArgumentException(
          "reportPath is \""
              + path
              + "\" and can't be written to: "
              + SavedStage.reason(unwritable)
              + ". Give another path, or leave it empty.",
          unwritable);
    }
  }

  private static FitPage page(RnnParams stage) {
    String subtitle =
        String.join(
            " \u00b7 ",
            stage.getClass().getSimpleName(),
            "seed " + stage.getSeed(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            "Spark " + SparkSession.active().version());
    return new FitPage(stage.uid(), subtitle, "", ParamTexts.of(stage));
  }

  /** A checksum file beside the page would be nothing to a browser. */
  private static void replace(Path path, Configuration hadoop, Page page) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    try (OutputStream out = plain.create(path, true)) {
      out.write(page.html().getBytes(StandardCharsets.UTF_8));
    }
  }
}
