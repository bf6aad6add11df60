package sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.training.TrainingHistory;

class ProgressBarTest {

  private static final TrainingHistory HISTORY =
      new TrainingHistory(
          List.of(1.0),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          0,
          0,
          "maxIter",
          0,
          0,
          0,
          "inProcess",
          1,
          1,
          "java",
          0);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
  private long millis;

  private long nanoTime() {
    return millis * 1_000_000 - 77;
  }

  private ProgressBar wholeLines() {
    return ProgressBar.wholeLines(out, this::nanoTime);
  }

  private ProgressBar redrawn(int columns) {
    return ProgressBar.redrawn(out, this::nanoTime, columns);
  }

  /** What was printed since the last call. */
  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    bytes.reset();
    return text;
  }

  @Test
  void wholeLinesTellEpochStepLossValidationLossSpeedAndTimeLeft() {
    ProgressBar bar = wholeLines();
    bar.started(2, 4, 400);
    millis = 500;
    bar.stepEnded(1, 1, 0.25);
    assertThat(printed()).isEqualTo("epoch 1/2, step 1/4: loss 0.2500, 200 sequences/s\n");
    millis = 1500;
    bar.stepEnded(1, 3, 0.125);
    assertThat(printed())
        .isEqualTo("epoch 1/2, step 3/4: loss 0.1250, 200 sequences/s, 0:03 left\n");
    millis = 2500;
    bar.epochEnded(1, 0.1, 0.0000125, 180.4);
    assertThat(printed())
        .isEqualTo(
            "epoch 1/2: loss 0.1000, validation loss 1.250e-05, 180 sequences/s, 0:03 left\n");
    millis = 3500;
    bar.stepEnded(2, 2, 0.05);
    assertThat(printed())
        .isEqualTo(
            "epoch 2/2, step 2/4: loss 0.05000, validation loss 1.250e-05, 200 sequences/s, 0:01"
                + " left\n");
    millis = 3600;
    bar.epochEnded(2, 0.04, 0.5, 220);
    bar.ended(HISTORY);
    assertThat(printed())
        .isEqualTo("epoch 2/2: loss 0.04000, validation loss 0.5000, 220 sequences/s, took 0:04\n");
  }

  @Test
  void atMostOneLineASecondIsPrinted() {
    ProgressBar bar = wholeLines();
    bar.started(100, 10, 320);
    for (int epoch = 1; epoch <= 100; epoch++) {
      for (int step = 1; step <= 10; step++) {
        millis += 7;
        bar.stepEnded(epoch, step, 0.5);
      }
      bar.epochEnded(epoch, 0.5, Double.NaN, 4571);
    }
    bar.ended(HISTORY);
    // 7 seconds: at 0.007, 1.008, 2.009, ... 6.013, and the last epoch.
    assertThat(printed().lines())
        .hasSize(8)
        .last()
        .isEqualTo("epoch 100/100: loss 0.5000, 4571 sequences/s, took 0:07");
  }

  @Test
  void earlyStopTellsTheEpochThatTurnedOutTheLast() {
    ProgressBar bar = wholeLines();
    bar.started(100, 1, 32);
    millis = 10;
    bar.stepEnded(1, 1, 0.5);
    bar.epochEnded(1, 0.5, 0.6, 3200);
    millis = 20;
    bar.stepEnded(2, 1, 0.4);
    bar.epochEnded(2, 0.4, 0.7, 3200);
    printed();
    bar.ended(HISTORY);
    assertThat(printed())
        .isEqualTo(
            "epoch 2/100: loss 0.4000, validation loss 0.7000, 3200 sequences/s, took 0:00\n");
    bar.close();
    assertThat(printed()).isEmpty();
  }

  @Test
  void lineIsRedrawnInPlaceAndCoversTheOneBefore() {
    ProgressBar bar = redrawn(100);
    bar.started(2, 4, 400);
    millis = 1000;
    bar.stepEnded(1, 1, 0.25);
    String first = "epoch 1/2, step 1/4: loss 0.2500, 100 sequences/s, 0:07 left";
    assertThat(printed()).isEqualTo(first);
    millis = 2500;
    bar.epochEnded(1, 0.1, Double.NaN, 180);
    String second = "epoch 1/2: loss 0.1000, 180 sequences/s, 0:03 left";
    assertThat(printed()).isEqualTo("\r" + second + " ".repeat(first.length() - second.length()));
    millis = 5000;
    bar.epochEnded(2, 0.05, Double.NaN, 180);
    bar.ended(HISTORY);
    assertThat(printed()).isEqualTo("\repoch 2/2: loss 0.05000, 180 sequences/s, took 0:05\n");
  }

  @Test
  void noticeStandsOnItsOwnLine() {
    ProgressBar bar = redrawn(100);
    bar.notice("No slots: one job a step.");
    assertThat(printed()).isEqualTo("No slots: one job a step.\n");
    bar.started(2, 4, 400);
    millis = 500;
    bar.stepEnded(1, 1, 0.25);
    int drawn = printed().length();
    bar.notice("A worker was lost.");
    assertThat(printed()).isEqualTo("\rA worker was lost." + " ".repeat(drawn - 18) + "\n");
    millis = 1500;
    bar.stepEnded(1, 2, 0.25);
    assertThat(printed()).isEqualTo("epoch 1/2, step 2/4: loss 0.2500, 100 sequences/s, 0:05 left");
  }

  @Test
  void failedFitLeavesTheCursorOnANewLine() {
    ProgressBar bar = redrawn(100);
    bar.started(2, 4, 400);
    millis = 500;
    bar.stepEnded(1, 1, Double.NaN);
    bar.close();
    assertThat(printed()).isEqualTo("epoch 1/2, step 1/4: loss NaN, 200 sequences/s\n");
    bar.close();
    assertThat(printed()).isEmpty();
  }

  @Test
  void resumedFitCountsTimeFromWhereItGoesOn() {
    ProgressBar bar = wholeLines();
    bar.started(100, 10, 320);
    millis = 1000;
    bar.stepEnded(91, 1, 0.5);
    assertThat(printed())
        .isEqualTo("epoch 91/100, step 1/10: loss 0.5000, 32 sequences/s, 1:39 left\n");
  }

  @Test
  void fitOfNoEpochsPrintsNothing() {
    ProgressBar bar = redrawn(80);
    bar.started(0, 4, 400);
    bar.ended(HISTORY);
    assertThat(printed()).isEmpty();
  }

  @Test
  void secondFitBeginsAnew() {
    ProgressBar bar = wholeLines();
    for (int fit = 0; fit < 2; fit++) {
      millis += 100;
      bar.started(1, 1, 10);
      millis += 500;
      bar.stepEnded(1, 1, 0.5);
      assertThat(printed()).isEqualTo("epoch 1/1, step 1/1: loss 0.5000, 20 sequences/s\n");
      bar.epochEnded(1, 0.5, 0.25, 20);
      bar.ended(HISTORY);
      printed();
    }
    assertThat(millis).isEqualTo(1200);
  }

  @ParameterizedTest
  @CsvSource({"2", "20", "60", "79", "80", "95", "96", "97", "200"})
  void neverFillsTheLastColumn(int columns) {
    ProgressBar bar = redrawn(columns);
    bar.started(100, 75, 2400);
    bar.epochEnded(99, 0.001234, 0.001456, 29200);
    printed();
    millis = 60_000;
    bar.stepEnded(100, 75, 0.001234);
    assertThat(printed().replace("\r", "").stripTrailing().length()).isBetween(1, columns - 1);
  }

  @Test
  void narrowTerminalGetsAbbreviations() {
    ProgressBar bar = redrawn(80);
    bar.started(100, 75, 2400);
    bar.epochEnded(50, 0.001234, 0.001456, 29200);
    printed();
    millis = 60_000;
    bar.stepEnded(51, 75, 0.001234);
    assertThat(printed().strip())
        .isEqualTo("epoch 51/100 step 75/75 loss 0.001234 val 0.001456 40 seq/s 48:21 left");
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "59.4, 0:59", "59.6, 1:00", "754, 12:34", "3723, 1:02:03", "-1, 0:00"})
  void durationsReadAsClocks(double seconds, String text) {
    assertThat(ProgressLine.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({", 80", "abc, 80", "132, 132", "0, 80", "99999, 80"})
  void columnsComeFromTheShell(String environment, int columns) {
    assertThat(ProgressBar.columns(environment)).isEqualTo(columns);
  }

  @Test
  void tooFewColumnsAreRefused() {
    assertThatThrownBy(() -> redrawn(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("progress bar: columns is 1; it must be at least 2.");
  }
}
