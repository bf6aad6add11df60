package sparkrnn.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of code allocates once it is warm. */
public final class Allocation {

  private static final int WARM_UP = 300;
  private static final int TRIALS = 10;
  private static final int RUNS = 20;

  private Allocation() {}

  /**
   * Bytes allocated in this thread by one run, rounded down. The fewest of some trials, for the JVM
   * allocates on its own account now and then, as when it compiles.
   */
  public static long bytesPerRun(Runnable code) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      code.run();
    }
    long fewest = Long.MAX_VALUE;
    for (int trial = 0; trial < TRIALS; trial++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        code.run();
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest / RUNS;
  }

  /** Bytes that this thread has allocated since it began. */
  public static long bytesSoFar() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
