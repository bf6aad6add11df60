package sparkrnn.jobs;

import java.io.PrintStream;
import java.time.Duration;
import org.apache.hadoop.util.ShutdownHookManager;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.Interruption;

/**
 * On Ctrl-C or SIGTERM lets the fit write its checkpoint before Spark is shut down, and says what
 * is left. Runs among Hadoop's ordered hooks, before Spark's own.
 */
final class StopOnSignal implements AutoCloseable {

  /** Spark stops its context at 50 and below. */
  private static final int BEFORE_SPARK = 1000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Thread hook;

  private StopOnSignal(Thread hook) {
    this.hook = hook;
  }

  static StopOnSignal install(RnnRegressor estimator, PrintStream out) {
    Interruption interruption = new Interruption();
    estimator.setInterruption(interruption);
    Thread hook =
        new Thread(
            () -> {
              String left = interruption.request(PATIENCE);
              if (!left.isEmpty()) {
                out.println();
                out.println("Stopped. " + left);
                out.flush();
              }
            },
            "rnn-stop-on-signal");
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
    return new StopOnSignal(hook);
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
