package sparkrnn.training;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a running fit to stop after its training step, from another thread such as a shutdown hook,
 * and hears what it leaves behind. Used for one fit.
 */
public final class Interruption {

  private volatile boolean requested;
  private volatile boolean running;
  private final CompletableFuture<String> outcome = new CompletableFuture<>();

  /**
   * Asks the fit to stop and waits until it has, or until the time is over.
   *
   * @return one sentence about the checkpoint that is left; empty if no fit is running
   */
  public String request(Duration timeout) {
    requested = true;
    if (!running) {
      return "";
    }
    try {
      return outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return "The training did not stop within "
          + timeout.toSeconds()
          + " s; the checkpoint may be older than the last epoch.";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  boolean requested() {
    return requested;
  }

  void started() {
    running = true;
  }

  /** The fit is over; what is said counts if somebody waits for it. */
  void ended(String sentence) {
    running = false;
    outcome.complete(sentence);
  }
}
