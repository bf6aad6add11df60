package sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkrnn.page.Page;
import sparkrnn.training.EpochMeasures;
import sparkrnn.training.TrainingHistory;

/** If one of these fails, who watches a page sees an old fit, or waits for one that has ended. */
final class LivePageTest {

  private static final long SECOND = 1_000_000_000L;

  private final List<String> pages = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private long now;
  private boolean full;

  private LivePage page() throws IOException {
    FitPage fit = new FitPage("uid<1>", "seed 1", "", Map.of("units", "[4]"));
    return new LivePage(fit, this::take, notices::add, () -> now);
  }

  private void take(Page page) throws IOException {
    if (full) {
      throw new IOException("disk full");
    }
    pages.add(page.html());
  }

  private static EpochMeasures epoch(int number, double loss) {
    return new EpochMeasures(number, 10L * number, loss, loss + 1, 0.01, 0.5, 1234, Map.of());
  }

  private static TrainingHistory history() {
    return new TrainingHistory(
        List.of(3.0, 2.0, 1.25),
        List.of(3.0, 2.25),
        List.of(0.1, 0.1),
        List.of(900.0, 1000.0),
        List.of(0.5, 0.4),
        20,
        2,
        "maxIter",
        100,
        10,
        0,
        "in process",
        2,
        0.5,
        "java",
        0.2);
  }

  @Test
  void pageIsThereFromTheBeginAndRewrittenAtMostOnceASecond() throws IOException {
    LivePage live = page();
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0))
        .contains("http-equiv=\"refresh\" content=\"5\"", "there is no epoch yet", "uid&lt;1&gt;");
    live.started(7, 10, 100);
    live.setLayers("lstm_0 (LSTM)");
    now += SECOND;
    live.epochMeasured(epoch(1, 2.5));
    live.epochMeasured(epoch(2, 2.25));
    assertThat(pages).hasSize(2);
    assertThat(pages.get(1))
        .contains("http-equiv=\"refresh\"", "The fit is running.", "2.500", "of 7", "1,234")
        .contains("lstm_0 (LSTM)", "Learning rate", "validation");
    now += SECOND;
    live.epochMeasured(epoch(3, 2.125));
    assertThat(pages).hasSize(3);
    assertThat(pages.get(2)).contains("2.125");
  }

  @Test
  void pageOfAFitThatEndedSaysHowAndIsNotReadAgain() throws IOException {
    LivePage live = page();
    live.epochMeasured(epoch(1, 2.5));
    live.ended(history());
    live.close();
    assertThat(pages).hasSize(2);
    assertThat(pages.get(1))
        .doesNotContain("refresh", "did not come to its end")
        .contains("1.250", "2.250", "stopped: maxIter", "Learning rate", "Timing", "[4]");
  }

  @Test
  void pageThatAnotherFollowsIsReadUntilThen() throws IOException {
    LivePage live = page().toBeReplaced();
    live.ended(history());
    live.close();
    assertThat(pages).hasSize(2);
    assertThat(pages.get(1)).contains("http-equiv=\"refresh\"", "stopped: maxIter");
  }

  @Test
  void pageOfAFitThatFailedSaysSo() throws IOException {
    try (LivePage live = page()) {
      live.epochMeasured(epoch(1, 2.5));
    }
    assertThat(pages).hasSize(2);
    assertThat(pages.get(1))
        .contains("The fit did not come to its end.", "2.500")
        .doesNotContain("refresh");
  }

  @Test
  void fullDiskEndsThePageAndNotTheFit() throws IOException {
    LivePage live = page();
    full = true;
    now += SECOND;
    live.epochMeasured(epoch(1, 2.5));
    live.ended(history());
    assertThat(notices)
        .containsExactly(
            "The page on the fit is not written any more: disk full. The fit goes on.");
  }
}
