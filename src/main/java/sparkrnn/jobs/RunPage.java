package sparkrnn.jobs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.ParamTexts;
import sparkrnn.ml.RnnModel;
import sparkrnn.ml.RnnParams;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageSection;
import sparkrnn.page.PageTable;
import sparkrnn.report.FitRecorder;
import sparkrnn.report.FitSections;

/**
 * The page on one run of jobs/train.
 *
 * @param title the run file, mostly
 * @param task that the run file names
 * @param recorder heard during the fit
 * @param clock the parts of the run so far
 */
record RunPage(String title, Task task, JobConfig config, FitRecorder recorder, RunClock clock) {

  /** What is known when all is done. */
  Page page(RnnModel<?> model, Examples examples, TrainingReport report) {
    Page page = new Page(title, subtitle(model));
    figures(page, model, report);
    if (report.test().isPresent()) {
      test(page, report.test().get());
    }
    FitSections.addCurves(page, recorder);
    if (report.test().isPresent()) {
      task.addCases(page, model, examples, config);
    }
    new DataSection(model, examples).addTo(page);
    page.section("Model").code(model.describe());
    clock.ended("report");
    FitSections.addTiming(page, recorder, clock.seconds());
    configuration(page, model);
    return page;
  }

  static String subtitle(RnnParams stage) {
    return String.join(
        " · ",
        stage.getClass().getSimpleName(),
        "seed " + stage.getSeed(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "spark-rnn " + JobProcess.version(),
        "Spark " + SparkSession.active().version(),
        "Java " + Runtime.version().feature());
  }

  private static void figures(Page page, RnnModel<?> model, TrainingReport report) {
    Map<String, Object> values = report.values();
    String loss = String.valueOf(values.get("loss"));
    if (values.get("testLoss") instanceof Double testLoss) {
      page.figure("test loss", Numbers.shown(testLoss), loss);
    }
    if (values.get("testAccuracy") instanceof Double accuracy) {
      page.figure(
          "test accuracy",
          Cases.percent(accuracy),
          "naive " + Cases.percent((Double) values.get("baselineAccuracy")));
    } else if (values.get("baselineLoss") instanceof Double floor) {
      page.figure("naive loss", Numbers.shown(floor), String.valueOf(values.get("baselineName")));
    }
    page.figure("training loss", Numbers.shown((Double) values.get("trainLoss")), loss);
    page.figure("epochs", values.get("epochs").toString(), "best: " + values.get("bestEpoch"));
    page.figure("parameters", Numbers.whole(model.numParameters()), "learnt numbers");
    page.figure(
        "fit",
        Numbers.duration((Double) values.get("fitSeconds")),
        Numbers.whole(Math.round((Double) values.get("sequencesPerSecond")))
            + (values.containsKey("trainingTokens") ? " tokens/s" : " sequences/s"));
  }

  private static void test(Page page, TestResult result) {
    List<String> head = new ArrayList<>(List.of(result.title()));
    head.addAll(result.measures());
    PageTable table = new PageTable(head);
    for (TestResult.Line line : result.rows()) {
      table.row(line.name());
      line.numbers().forEach(number -> table.cell(TrainingReport.show(number)));
    }
    PageSection section = page.section("Test");
    section.table(table.strong());
    result.notes().forEach(section::paragraph);
  }

  private void configuration(Page page, RnnModel<?> model) {
    PageTable all = new PageTable(List.of("param", "value"));
    ParamTexts.of(model).forEach(all::row);
    page.section("Configuration")
        .paragraph(
            "The run file with all --set values; a run with it and the same data gives the same weights.")
        .code(config.shown())
        .folded("All params of the model, defaults included", all);
  }
}
