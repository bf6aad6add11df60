package sparkrnn.exchange;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hears from Spark why the first task of a barrier stage failed. What fails after it fails because
 * of it, and the stage itself only says that it could not go on.
 */
final class FirstFailure extends SparkListener {

  private final int rdd;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean heard;
  private volatile String words;

  /**
   * Of the stage that computes an RDD which no other stage does.
   *
   * @param rdd its id
   */
  FirstFailure(int rdd) {
    this.rdd = rdd;
  }

  /**
   * Waits until Spark has told all of a stage that has failed: it tells listeners a little later.
   *
   * @return whether it has
   */
  boolean awaitEnd(long millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the task said; empty if none has failed, or one that could say nothing any more. */
  Optional<String> words() {
    return Optional.ofNullable(words);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    for (RDDInfo info : CollectionConverters.asJava(submitted.stageInfo().rddInfos())) {
      if (info.id() == rdd) {
        stages.add(submitted.stageInfo().stageId());
      }
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    if (stages.contains(completed.stageInfo().stageId())) {
      ended.countDown();
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    TaskEndReason reason = task.reason();
    if (heard
        || !stages.contains(task.stageId())
        || !(reason instanceof TaskFailedReason)
        || reason instanceof TaskKilled) {
      return;
    }
    heard = true;
    if (reason instanceof ExceptionFailure failure) {
      words =
          failure.className().equals(ExchangeException.class.getName())
              ? failure.description()
              : failure.className() + ": " + failure.description();
    }
  }
}
