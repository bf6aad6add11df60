package sparkrnn.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import sparkrnn.page.Page;
import sparkrnn.report.FitPage;
import sparkrnn.report.LivePage;
import sparkrnn.storage.PlainFile;

/**
 * Where the page on a run goes.
 *
 * @param target empty for nowhere
 */
record ReportFile(Optional<OutputPath> target) {

  /** The local file of --report, which is replaced, or else the path of output.report. */
  static ReportFile of(JobArguments arguments, JobConfig config) {
    return new ReportFile(
        arguments
            .value(JobOption.REPORT)
            .map(
                file ->
                    new OutputPath("--report", "file://" + Path.of(file).toAbsolutePath(), true))
            .or(() -> config.output("output.report")));
  }

  boolean wanted() {
    return target.isPresent();
  }

  /**
   * Asks before the training what would only fail after it.
   *
   * @throws JobException if the path is taken or can't be written to
   */
  void checkWritable(SparkSession spark) {
    target.ifPresent(output -> output.checkWritable(spark));
  }

  /** Writes the page, in place of one that this run has written. */
  void write(Page page, SparkSession spark) throws IOException {
    PlainFile.replace(
        new org.apache.hadoop.fs.Path(target.orElseThrow().path()),
        spark.sparkContext().hadoopConfiguration(),
        page.html());
  }

  /**
   * The same, at the end of the run, and says so.
   *
   * @throws JobException if it can't be written
   */
  void write(Page page, SparkSession spark, PrintStream out) {
    OutputPath output = target.orElseThrow();
    try {
      write(page, spark);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
    out.println("The report is at " + output.path());
  }

  /**
   * What writes the page on the fit while it runs.
   *
   * @throws JobException if it can't be written
   */
  LivePage live(FitPage fit, SparkSession spark, PrintStream progress) {
    try {
      return new LivePage(fit, page -> write(page, spark), progress::println, System::nanoTime)
          .toBeReplaced();
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private JobException unwritable(IOException reason) {
    OutputPath output = target.orElseThrow();
    return new JobException(
        String.format(
            Locale.ROOT,
            "%s \"%s\" can't be written to: %s.",
            output.key(),
            output.path(),
            reason.getMessage()));
  }
}
