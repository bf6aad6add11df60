package sparkrnn.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.util.ShutdownHookManager;
import sparkrnn.ml.RnnEstimator;
import sparkrnn.training.Interruption;

/**
 * On Ctrl-C or SIGTERM lets the fit write its checkpoint before Spark is shut down, and says what
 * is left. Runs among Hadoop's ordered hooks, before Spark's own.
 */
final class StopOnSignal implements AutoCloseable {

  /** Spark stops its context at 50 and below. */
  private static final int BEFORE_SPARK = 1000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PrintStream out;
  private final Thread hook = new Thread(this::stop, "rnn-stop-on-signal");
  private volatile Interruption interruption = new Interruption();
  private volatile String otherwise = "No training had begun; no checkpoint was written.";

  private StopOnSignal(PrintStream out) {
    this.out = out;
  }

  static StopOnSignal install(PrintStream out) {
    StopOnSignal stop = new StopOnSignal(out);
    ShutdownHookManager.get().addShutdownHook(stop.hook, BEFORE_SPARK);
    return stop;
  }

  /** From now on the fit of this estimator is what a signal stops. */
  void watch(RnnEstimator<?, ?> estimator) {
    interruption = new Interruption();
    estimator.setInterruption(interruption);
  }

  /** From now on a signal finds the training done. */
  void trainingEnded(Optional<String> savedAt) {
    otherwise =
        "The training had ended; "
            + savedAt
                .map(path -> "the model is saved at " + path + ".")
                .orElse("the model was not saved, because output.model is not set.");
  }

  private void stop() {
    String left = interruption.request(PATIENCE);
    out.println();
    out.println("Stopped. " + (left.isEmpty() ? otherwise : left));
    out.flush();
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
