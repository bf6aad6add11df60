package sparkrnn.exchange;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;

/**
 * One Spark job for each round: slow (a job costs about 10 ms, more on a cluster), but it needs no
 * barrier stage, so it works with dynamic allocation and with fewer slots than workers.
 *
 * @param <S> the data of one worker
 */
public final class JobExchange<S> implements Exchange {

  /** The workers of this process; freed under memory pressure and made anew where missing. */
  private static final ConcurrentHashMap<String, SoftReference<RoundWorker>> WORKERS =
      new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final JavaRDD<S> shares;
  private final WorkerProgram<S> program;

  /** For these shares; runs nothing yet. */
  public JobExchange(JavaRDD<S> shares, WorkerProgram<S> program) {
    this.shares = shares;
    this.program = program;
  }

  @Override
  public String name() {
    return "job";
  }

  @Override
  public List<Contribution> round(Round round) {
    try {
      return shares.map(new OneRound<>(id, program, round)).collect();
    } catch (Exception failed) {
      if (failed instanceof SparkException || failed.getCause() instanceof SparkException) {
        throw new ExchangeException("The Spark job of a round failed.", failed);
      }
      throw failed;
    }
  }

  @Override
  public void close() {
    String prefix = id;
    WORKERS.keySet().removeIf(key -> key.startsWith(prefix));
  }

  /** The task of one worker in one round. */
  private record OneRound<S>(String id, WorkerProgram<S> program, Round round)
      implements Function<S, Contribution> {

    private static final long serialVersionUID = 1L;

    @Override
    public Contribution call(S share) {
      int number = TaskContext.get().partitionId();
      RoundWorker worker = worker(id + "/" + number, share);
      Contribution contribution = new Contribution(program.shape(number));
      synchronized (worker) {
        worker.compute(round, contribution);
      }
      return contribution;
    }

    private RoundWorker worker(String key, S share) {
      SoftReference<RoundWorker> known = WORKERS.get(key);
      RoundWorker worker = known == null ? null : known.get();
      if (worker == null) {
        worker = program.start(share);
        WORKERS.put(key, new SoftReference<>(worker));
      }
      return worker;
    }
  }
}
