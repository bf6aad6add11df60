package sparkrnn.training;

import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** How many tasks the cluster can run at once. */
final class TaskSlots {

  private static final long POLL_MILLIS = 200;

  private TaskSlots() {}

  /** Slots of the executors that are there now. */
  static int now(SparkContext context) {
    return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
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
