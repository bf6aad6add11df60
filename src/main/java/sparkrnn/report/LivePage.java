package sparkrnn.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import sparkrnn.page.Page;
import sparkrnn.training.EpochMeasures;
import sparkrnn.training.TrainingHistory;
import sparkrnn.training.TrainingListener;

/**
 * Writes the page on a fit while it runs: when it begins, after epochs, at most once a second, and
 * when it is over. An open browser shows it anew every few seconds until then.
 *
 * <p>A file that can't be written to any more does not end a fit of hours: a notice says why, and
 * nothing more is written.
 */
public final class LivePage implements TrainingListener, AutoCloseable {

  private static final long INTERVAL_NANOS = 1_000_000_000L;

  /** Where a page goes, in place of the one before. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the whole page. */
    void write(Page page) throws IOException;
  }

  private final Sink sink;
  private final Consumer<String> notices;
  private final LongSupplier nanoTime;
  private final List<EpochMeasures> epochs = new ArrayList<>();
  private FitPage fit;
  private int maxIter;
  private long writtenNanos;
  private boolean over;
  private boolean replaced;
  private boolean failed;

  /**
   * Writes the first page.
   *
   * @param notices is told if nothing more can be written
   * @param nanoTime as of {@link System#nanoTime}
   * @throws IOException if it can't be written
   */
  public LivePage(FitPage fit, Sink sink, Consumer<String> notices, LongSupplier nanoTime)
      throws IOException {
    this.fit = fit;
    this.sink = sink;
    this.notices = notices;
    this.nanoTime = nanoTime;
    this.writtenNanos = nanoTime.getAsLong();
    sink.write(running());
  }

  private Page running() {
    String state =
        epochs.isEmpty() ? "The data is being read; there is no epoch yet." : "The fit is running.";
    return fit.unfinished(epochs, maxIter, state, true);
  }

  /**
   * Says that another page will take the place of the one on the ended fit, so that an open browser
   * goes on reading.
   */
  public synchronized LivePage toBeReplaced() {
    replaced = true;
    return this;
  }

  /** From now on the page has this table of layers. */
  public synchronized void setLayers(String layers) {
    fit = fit.withLayers(layers);
  }

  @Override
  public synchronized void started(int mostEpochs, long stepsPerEpoch, long sequences) {
    maxIter = mostEpochs;
  }

  @Override
  public synchronized void epochMeasured(EpochMeasures measures) {
    epochs.add(measures);
    long now = nanoTime.getAsLong();
    if (now - writtenNanos >= INTERVAL_NANOS) {
      write(running());
      // The time that writing takes is not part of the pause.
      writtenNanos = nanoTime.getAsLong();
    }
  }

  @Override
  public synchronized void ended(TrainingHistory history) {
    over = true;
    Map<Integer, Double> rates = new TreeMap<>();
    for (EpochMeasures epoch : epochs) {
      if (!Double.isNaN(epoch.learningRate())) {
        rates.put(epoch.epoch(), epoch.learningRate());
      }
    }
    Page page = fit.of(history, rates);
    write(replaced ? page.refreshing(FitPage.REFRESH_SECONDS) : page);
  }

  private void write(Page page) {
    if (failed) {
      return;
    }
    try {
      sink.write(page);
    } catch (IOException unwritable) {
      failed = true;
      notices.accept(
          "The page on the fit is not written any more: "
              + unwritable.getMessage()
              + ". The fit goes on.");
    }
  }

  /** Says on the page that the fit did not come to its end, if it didn't. */
  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      write(fit.unfinished(epochs, maxIter, "The fit did not come to its end.", false));
    }
  }
}
