package sparkrnn.exchange;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.Option;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * The one Spark job of a fit: a barrier stage whose tasks are the workers. It runs in a thread of
 * its own, which inherits the job group and the other local properties of the thread that fits.
 */
final class BarrierStage {

  private static final long END_MILLIS = 30_000;
  private static final long LISTENER_MILLIS = 3_000;

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final SparkContext context;
  private final FirstFailure firstFailure;
  private final Thread thread;

  /** What the job is found by: it shares the group of the thread that fits with other jobs. */
  private final String tag = "rnn-fit-" + UUID.randomUUID();

  private BarrierStage(RDD<Integer> workers) {
    this.context = workers.context();
    this.firstFailure = new FirstFailure(workers.id());
    this.thread =
        new Thread(
            () -> {
              try {
                context.addJobTag(tag);
                workers.toJavaRDD().collect();
                end.complete(null);
              } catch (Throwable failure) {
                end.completeExceptionally(failure);
              }
            },
            "rnn-fit-stage");
    thread.setDaemon(true);
  }

  /** Submits the stage: one task for each partition of shares. */
  static <S> BarrierStage start(
      JavaRDD<S> shares, WorkerProgram<S> program, WorkerConnector connector) {
    WorkerTask<S> task = new WorkerTask<>(program, connector);
    BarrierStage stage =
        new BarrierStage(
            shares
                .rdd()
                .barrier()
                .mapPartitions(task, false, ClassTag$.MODULE$.<Integer>apply(Integer.class)));
    stage.context.addSparkListener(stage.firstFailure);
    stage.thread.start();
    return stage;
  }

  /**
   * The loss of a worker in the words of that worker, where it had some: Spark passes them on to
   * listeners alone.
   *
   * @param seen as the driver saw it
   */
  ExchangeException inItsWords(ExchangeException seen) {
    if (end.isCompletedExceptionally() && !firstFailure.awaitEnd(LISTENER_MILLIS)) {
      return seen;
    }
    return firstFailure
        .words()
        .<ExchangeException>map(words -> new FailedWorkerException(words, seen.getCause()))
        .orElse(seen);
  }

  /** Calls back, in any thread, when the stage has failed. */
  void onFailure(Consumer<Throwable> listener) {
    CompletableFuture<Void> unused =
        end.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                listener.accept(failure);
              }
            });
  }

  /** Whether its tasks have been started: they wait until there are slots for all of them. */
  boolean started() {
    SparkStatusTracker tracker = context.statusTracker();
    // The stage that ends a job has its highest number; those before it bring the data back.
    return IntStream.of(tracker.getJobIdsForTag(tag))
        .mapToObj(tracker::getJobInfo)
        .filter(Option::isDefined)
        .flatMapToInt(job -> IntStream.of(job.get().stageIds()))
        .boxed()
        .max(Comparator.naturalOrder())
        .map(tracker::getStageInfo)
        .filter(Option::isDefined)
        .map(Option::get)
        .filter(stage -> stage.numActiveTasks() + stage.numCompletedTasks() > 0)
        .isPresent();
  }

  /**
   * Waits for the stage to end, whether well or not, and cancels it if it does not.
   *
   * @param failed whether its workers are known not to end by themselves
   */
  void end(boolean failed) {
    if (!awaitEnd(failed ? 0 : END_MILLIS)) {
      context.cancelJobsWithTag(tag);
      awaitEnd(END_MILLIS);
    }
    context.removeSparkListener(firstFailure);
  }

  private boolean awaitEnd(long timeoutMillis) {
    try {
      end.get(timeoutMillis, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException failed) {
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A worker, from its first round to its last. */
  private static final class WorkerTask<S> extends AbstractFunction1<Iterator<S>, Iterator<Integer>>
      implements java.io.Serializable {

    private static final long serialVersionUID = 1L;

    private final WorkerProgram<S> program;
    private final WorkerConnector connector;

    WorkerTask(WorkerProgram<S> program, WorkerConnector connector) {
      this.program = program;
      this.connector = connector;
    }

    @Override
    public Iterator<Integer> apply(Iterator<S> shares) {
      int worker = TaskContext.get().partitionId();
      ContributionShape shape = program.shape(worker);
      RoundWorker rounds = program.start(shares.next());
      Contribution contribution = new Contribution(shape);
      try (WorkerEnd end = connector.connect(worker, shape, program)) {
        end.introduce(rounds);
        if (!end.lend(rounds, contribution)) {
          Round round = end.next(null);
          while (round != null) {
            rounds.compute(round, contribution);
            round = end.next(contribution);
          }
        }
      }
      return CollectionConverters.asScala(List.of(worker).iterator());
    }
  }
}
