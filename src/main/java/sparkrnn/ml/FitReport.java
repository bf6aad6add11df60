package sparkrnn.ml;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import sparkrnn.page.Page;
import sparkrnn.report.FitPage;
import sparkrnn.report.LivePage;
import sparkrnn.storage.PlainFile;
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
      PlainFile.replace(new Path(path), hadoop, page.html());
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
          page -> PlainFile.replace(new Path(path), hadoop, page.html()),
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
}
