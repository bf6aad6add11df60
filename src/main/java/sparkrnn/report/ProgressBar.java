package sparkrnn.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import sparkrnn.training.TrainingHistory;
import sparkrnn.training.TrainingListener;

/**
 * Tells a person how a fit is getting on, at most once a second: epoch, training step, loss,
 * validation loss, sequences per second, time left.
 *
 * <p>On a terminal of its own it redraws one line in place. Where there is no terminal, or where
 * Spark's console bar writes to it too, it prints whole lines. In either form the last epoch is
 * always told, with the time that the fit took.
 *
 * <p>Close it when the fit is over, also when the fit failed: that ends the line. It may be closed
 * from another thread.
 */
public final class ProgressBar implements TrainingListener, AutoCloseable {

  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final int USUAL_COLUMNS = 80;

  /** Width of whole lines: nothing is cut. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final int width;
  private final boolean redrawn;

  private int maxIter;
  private long stepsPerEpoch;
  private long sequences;
  private long startNanos;
  private long firstPosition;

  /** Training steps done in all epochs, those before a resumption included. */
  private long position;

  private boolean toldAny;
  private long toldNanos;
  private long toldPosition;
  private int drawnLength;
  private double validationLoss = Double.NaN;

  /** The last epoch that ended; null once it is told or the next one has begun. */
  private ProgressLine untoldEpoch;

  private ProgressBar(PrintStream out, LongSupplier nanoTime, int width, boolean redrawn) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.width = width;
    this.redrawn = redrawn;
  }

  /** Redraws one line if this process has a terminal; else whole lines. */
  @SuppressWarnings("SystemConsoleNull") // True up to JDK 21, the newest that Spark 4.1 runs on.
  public static ProgressBar forConsole(PrintStream out) {
    return System.console() == null
        ? wholeLines(out, System::nanoTime)
        : redrawn(out, System::nanoTime, columns(System.getenv("COLUMNS")));
  }

  /** Whole lines only: for log files, and beside Spark's console bar. */
  public static ProgressBar wholeLines(PrintStream out, LongSupplier nanoTime) {
    return new ProgressBar(out, nanoTime, UNLIMITED, false);
  }

  /**
   * One line, redrawn in place.
   *
   * @param columns of the terminal, at least 2; the last one stays free, since many terminals begin
   *     a new line when it is filled
   */
  public static ProgressBar redrawn(PrintStream out, LongSupplier nanoTime, int columns) {
    if (columns < 2) {
      throw new IllegalArgumentException(
          "progress bar: columns is " + columns + "; it must be at least 2.");
    }
    return new ProgressBar(out, nanoTime, columns - 1, true);
  }

  /** The terminal's width as the shell tells it, or the usual one if it does not. */
  static int columns(String environment) {
    int columns =
        environment != null && environment.matches("[0-9]{1,4}")
            ? Integer.parseInt(environment)
            : 0;
    return columns >= 2 ? columns : USUAL_COLUMNS;
  }

  @Override
  public synchronized void started(int maxIter, long stepsPerEpoch, long sequences) {
    this.maxIter = maxIter;
    this.stepsPerEpoch = stepsPerEpoch;
    this.sequences = sequences;
    startNanos = nanoTime.getAsLong();
    firstPosition = -1;
    toldAny = false;
    toldNanos = startNanos;
    validationLoss = Double.NaN;
    untoldEpoch = null;
  }

  @Override
  public synchronized void stepEnded(int epoch, long step, double loss) {
    long now = nanoTime.getAsLong();
    moveTo((epoch - 1) * stepsPerEpoch + step);
    untoldEpoch = null;
    if (due(now)) {
      double seconds = (now - toldNanos) * 1e-9;
      double done = (double) (position - toldPosition) * sequences / stepsPerEpoch;
      double sequencesPerSecond = seconds > 0 ? done / seconds : Double.NaN;
      tell(
          new ProgressLine(
              epoch,
              maxIter,
              step,
              stepsPerEpoch,
              loss,
              validationLoss,
              sequencesPerSecond,
              timeLeft(now)),
          now);
    }
  }

  @Override
  public synchronized void epochEnded(
      int epoch, double loss, double validationLoss, double sequencesPerSecond) {
    long now = nanoTime.getAsLong();
    moveTo(epoch * stepsPerEpoch);
    this.validationLoss = validationLoss;
    untoldEpoch =
        new ProgressLine(
            epoch, maxIter, 0, stepsPerEpoch, loss, validationLoss, sequencesPerSecond, "");
    if (due(now) && epoch < maxIter) {
      tell(withTime(untoldEpoch, timeLeft(now)), now);
    }
  }

  @Override
  public synchronized void ended(TrainingHistory history) {
    close();
  }

  @Override
  public synchronized void notice(String sentence) {
    out.println(overDrawn(sentence));
    out.flush();
    drawnLength = 0;
  }

  /** Tells the last epoch and ends the line; once, however often it is called. */
  @Override
  public synchronized void close() {
    if (untoldEpoch != null) {
      long now = nanoTime.getAsLong();
      String took = "took " + ProgressLine.duration((now - startNanos) * 1e-9);
      tell(withTime(untoldEpoch, took), now);
      untoldEpoch = null;
    }
    if (drawnLength > 0) {
      out.println();
      out.flush();
      drawnLength = 0;
    }
  }

  private static ProgressLine withTime(ProgressLine line, String time) {
    return new ProgressLine(
        line.epoch(),
        line.maxIter(),
        line.step(),
        line.stepsPerEpoch(),
        line.loss(),
        line.validationLoss(),
        line.sequencesPerSecond(),
        time);
  }

  /** A resumed fit begins in a later epoch: what was done before costs no time now. */
  private void moveTo(long newPosition) {
    position = newPosition;
    if (firstPosition < 0) {
      firstPosition = newPosition - 1;
      toldPosition = firstPosition;
    }
  }

  private boolean due(long now) {
    return !toldAny || now - toldNanos >= INTERVAL_NANOS;
  }

  /** Nothing in the first second: the first steps are those in which the JVM compiles. */
  private String timeLeft(long now) {
    if (now - startNanos < INTERVAL_NANOS) {
      return "";
    }
    double secondsPerStep = (now - startNanos) * 1e-9 / (position - firstPosition);
    double stepsLeft = (double) maxIter * stepsPerEpoch - position;
    return ProgressLine.duration(secondsPerStep * stepsLeft) + " left";
  }

  private void tell(ProgressLine line, long now) {
    String text = line.text(width);
    if (redrawn) {
      out.print(overDrawn(text));
      drawnLength = text.length();
    } else {
      out.println(text);
    }
    out.flush();
    toldAny = true;
    toldNanos = now;
    toldPosition = position;
  }

  /** The text, written over the line that stands there and no part of it left. */
  private String overDrawn(String text) {
    String start = drawnLength > 0 ? "\r" : "";
    return start + text + " ".repeat(Math.max(0, drawnLength - text.length()));
  }
}
