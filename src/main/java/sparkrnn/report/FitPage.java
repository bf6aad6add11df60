package sparkrnn.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageTable;
import sparkrnn.training.EpochMeasures;
import sparkrnn.training.TrainingHistory;

/**
 * The page on one fit: curves, the table of layers, timing and params; while it runs, what is known
 * so far.
 *
 * @param title of the page
 * @param subtitle below it
 * @param layers the table of layers; empty if it is not known
 * @param params values by name
 */
public record FitPage(String title, String subtitle, String layers, Map<String, String> params) {

  /** Seconds after which a browser reads a page of a running fit again. */
  static final int REFRESH_SECONDS = 5;

  /** The same with a table of layers. */
  public FitPage withLayers(String value) {
    return new FitPage(title, subtitle, value, params);
  }

  /**
   * The page on a fit that is over.
   *
   * @param learningRates by epoch, from 1; empty where they are not known
   */
  public Page of(TrainingHistory history, Map<Integer, Double> learningRates) {
    Page page = new Page(title, subtitle);
    List<Double> losses = history.objectiveHistory();
    page.figure("training loss", Numbers.shown(losses.get(losses.size() - 1)), "last epoch");
    List<Double> validation = history.validationHistory();
    if (!validation.isEmpty()) {
      page.figure(
          "validation loss",
          Numbers.shown(validation.stream().mapToDouble(Double::doubleValue).min().orElseThrow()),
          "lowest");
    }
    page.figure(
        "epochs", Numbers.whole(history.epochs()), "best: " + Numbers.whole(history.bestEpoch()));
    page.figure(
        "sequences",
        Numbers.whole(history.trainingSequences()),
        Numbers.whole(history.validationSequences()) + " for validation");
    page.figure("fit", Numbers.duration(history.fitSeconds()), "stopped: " + history.stopReason());
    FitSections.addCurves(page, history, learningRates);
    addModel(page);
    FitSections.addTiming(page, history, Map.of());
    addParams(page);
    return page;
  }

  /**
   * The page on a fit that has not ended, or ended in an error; only while it goes on it asks the
   * browser to read it again.
   *
   * @param maxIter epochs at most; 0 before it is known
   * @param state one sentence
   */
  Page unfinished(List<EpochMeasures> epochs, int maxIter, String state, boolean goesOn) {
    Page page = new Page(title, subtitle);
    if (goesOn) {
      page.refreshing(REFRESH_SECONDS);
    }
    page.section("Training").paragraph(state);
    if (!epochs.isEmpty()) {
      EpochMeasures last = epochs.get(epochs.size() - 1);
      page.figure("training loss", Numbers.shown(last.loss()), "last epoch");
      if (!Double.isNaN(last.validationLoss())) {
        page.figure("validation loss", Numbers.shown(last.validationLoss()), "last epoch");
      }
      page.figure("epoch", Numbers.whole(last.epoch()), "of " + Numbers.whole(maxIter));
      page.figure(
          "speed",
          String.format(Locale.ROOT, "%,.0f", last.sequencesPerSecond()),
          "sequences per second");
      FitSections.addCurves(page, epochs);
    }
    addModel(page);
    addParams(page);
    return page;
  }

  private void addModel(Page page) {
    if (!layers.isEmpty()) {
      page.section("Model").code(layers);
    }
  }

  private void addParams(Page page) {
    if (!params.isEmpty()) {
      PageTable table = new PageTable(List.of("param", "value"));
      params.forEach(table::row);
      page.section("Params").folded("All params, defaults included", table);
    }
  }
}
