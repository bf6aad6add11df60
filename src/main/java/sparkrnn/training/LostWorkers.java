package sparkrnn.training;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import sparkrnn.exchange.ExchangeException;
import sparkrnn.exchange.FailedWorkerException;
import sparkrnn.exchange.PortTakenException;
import sparkrnn.exchange.Round;

/** Tells the loss of a machine, which is made good, from all else that ends an exchange. */
final class LostWorkers {

  private static final int MOST_LOSSES_IN_A_ROW = 4;
  private static final Pattern CANCELLED = Pattern.compile("Job \\d+ cancelled");

  private LostWorkers() {}

  /**
   * Throws where trying again is of no use.
   *
   * @param losses how often workers were lost in this round before
   * @throws ExchangeException if the fit was cancelled, the driver has no port, a worker failed by
   *     itself, or workers are lost again and again
   */
  static void giveUpUnlessLost(
      ExchangeException lost, int losses, Round round, SparkContext context) {
    if (lost instanceof PortTakenException) {
      throw lost;
    }
    Throwable root = lost.getCause();
    if (Thread.currentThread().isInterrupted() || context.isStopped() || cancelled(root)) {
      throw new ExchangeException("The fit was cancelled.", lost);
    }
    if (root instanceof SparkException failure && causedByProgram(failure)) {
      throw new ExchangeException(
          "A worker failed: " + innermost(failure).getMessage(), innermost(failure));
    }
    if (losses + 1 >= MOST_LOSSES_IN_A_ROW) {
      throw new ExchangeException(
          String.format(
              Locale.ROOT,
              "Workers were lost %d times in the same place (%s)%s",
              losses + 1,
              RoundKind.place(round),
              lost instanceof FailedWorkerException
                  ? ". " + lost.getMessage()
                  : "; look into the logs of the executors for the reason, out of memory being the commonest."),
          lost);
    }
  }

  /** Spark says "Job 5 cancelled ..."; a task of it that was killed alone is a lost one. */
  private static boolean cancelled(Throwable cause) {
    return cause instanceof SparkException failure
        && CANCELLED.matcher(String.valueOf(failure.getMessage())).find();
  }

  /** A failure that would come again: thrown by our own code, not by the loss of a machine. */
  private static boolean causedByProgram(SparkException failure) {
    Throwable innermost = innermost(failure);
    return innermost != failure
        && !(innermost instanceof ExchangeException)
        && (innermost instanceof IllegalArgumentException
            || innermost instanceof IllegalStateException
            || innermost instanceof ArithmeticException
            || innermost instanceof IndexOutOfBoundsException
            || innermost instanceof NullPointerException);
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The first line of the reason, as a part of a sentence. */
  static String reason(ExchangeException lost) {
    String innermost = innermost(lost).getMessage();
    String reason =
        lost instanceof FailedWorkerException || innermost == null ? lost.getMessage() : innermost;
    return reason.lines().findFirst().orElse("").strip().replaceFirst("\\.$", "");
  }
}
