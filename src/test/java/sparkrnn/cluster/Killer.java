package sparkrnn.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Strikes one after the other, at once or a little later, while the caller goes on. */
final class Killer implements AutoCloseable {

  /** What is done; it may fail. */
  @FunctionalInterface
  interface Strike {

    void now() throws Exception;
  }

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread killer = new Thread(task, "killer");
            killer.setDaemon(true);
            return killer;
          });

  private final List<Future<?>> pending = new ArrayList<>();

  /** Strikes after so many milliseconds; with 0 of them before this returns. */
  void strike(int delayMillis, Strike strike) throws Exception {
    Callable<Void> task =
        () -> {
          strike.now();
          return null;
        };
    Future<?> struck = thread.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    if (delayMillis == 0) {
      struck.get();
    } else {
      pending.add(struck);
    }
  }

  /**
   * Waits until all is struck.
   *
   * @throws IllegalStateException if a strike failed
   */
  void settle() {
    try {
      for (Future<?> struck : pending) {
        struck.get();
      }
    } catch (Exception failed) {
      throw new IllegalStateException("a strike failed", failed);
    }
    pending.clear();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
