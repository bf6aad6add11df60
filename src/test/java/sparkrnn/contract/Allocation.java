package sparkrnn.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of code allocates once it is warm. */
public final class Allocation {

  private static final int WARM_UP = 400;
  private static final int RUNS = 100;

  private Allocation() {}

  /** Bytes allocated in this thread by one run, rounded down. */
  public static long bytesPerRun(Runnable code) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      code.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RUNS; i++) {
      code.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / RUNS;
  }
}
