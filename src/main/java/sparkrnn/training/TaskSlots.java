package sparkrnn.training;

import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;

/** How many tasks the cluster can run at once. */
final class TaskSlots {

  private static final long POLL_MILLIS = 200;

  private TaskSlots() {}

  /** Slots of the executors that are there now. */
  static int now(SparkContext context) {
    return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
  }

  /** Slots that no task of this application holds now, as far as Spark's status tells. */
  static int free(SparkContext context) {
    int running = 0;
    for (SparkExecutorInfo executor : context.statusTracker().getExecutorInfos()) {
      running += executor.numRunningTasks();
    }
    return Math.max(0, now(context) - running);
  }

  /** Waits until there are so many slots, or until the time is over; says how many there are. */
  static int await(SparkContext context, int wanted, long timeoutMillis)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    int slots = now(context);
    while (slots < wanted && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      slots = now(context);
    }
    return slots;
  }
}
