package sparkrnn.exchange;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets one thread wait for what others make true. It sleeps from the beginning: staying awake for a
 * moment would save the tens of microseconds that waking it costs, but made a step of two workers
 * slower wherever driver and workers are more than the cores they share.
 */
final class WaitingThread {

  /** How often a sleeping thread looks whether waiting is still worth it. */
  private static final long NAP_NANOS = 500_000_000;

  private volatile Thread sleeper;

  /**
   * Waits; used by one thread at a time.
   *
   * @param done becomes true before {@link #wake} is called
   * @param timeoutNanos how long at most
   * @param check throws where waiting has become useless; run before every nap
   * @return whether it is done
   */
  boolean await(BooleanSupplier done, long timeoutNanos, Runnable check) {
    long start = System.nanoTime();
    while (!done.getAsBoolean()) {
      long waited = System.nanoTime() - start;
      check.run();
      if (waited >= timeoutNanos) {
        return false;
      }
      sleeper = Thread.currentThread();
      // Asked again after the name is on the door: who made it true before then woke nobody.
      if (!done.getAsBoolean()) {
        LockSupport.parkNanos(this, Math.min(NAP_NANOS, timeoutNanos - waited));
      }
      sleeper = null;
    }
    return true;
  }

  /** Wakes the thread if it sleeps. */
  void wake() {
    LockSupport.unpark(sleeper);
  }
}
