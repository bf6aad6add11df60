package sparkrnn.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;

/**
 * For local mode, where driver and workers are threads of one process: arrays are handed over by
 * reference, nothing is copied or serialised.
 *
 * <p>A round is published by its number; workers wait for the number to change, first spinning for
 * a moment, then parked. The driver is parked until the last worker has answered: it must not take
 * a core from the workers.
 */
public final class InProcessExchange implements Exchange {

  private static final ConcurrentHashMap<String, InProcessExchange> OPEN =
      new ConcurrentHashMap<>();
  private static final int SPINS = 2_000;
  private static final long PARK_NANOS = 50_000_000;
  private static final long END_MILLIS = 30_000;

  private final String id = UUID.randomUUID().toString();
  private final Thread[] workers;
  private final Contribution[] contributions;
  private final AtomicInteger missing = new AtomicInteger();
  private final BarrierStage stage;
  private Round current;
  private volatile Thread driver;
  private volatile int number;
  private volatile boolean closed;
  private volatile Throwable failure;

  /** Starts a worker for each partition of shares. */
  public <S> InProcessExchange(JavaRDD<S> shares, WorkerProgram<S> program) {
    this.workers = new Thread[shares.getNumPartitions()];
    this.contributions = new Contribution[workers.length];
    OPEN.put(id, this);
    this.stage = BarrierStage.start(shares, program, new Connector(id));
    stage.onFailure(
        cause -> {
          failure = cause;
          LockSupport.unpark(driver);
        });
  }

  @Override
  public String name() {
    return "inProcess";
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the thread of the fit writes number.
  public List<Contribution> round(Round round) {
    driver = Thread.currentThread();
    missing.set(workers.length);
    current = round;
    number++;
    wakeWorkers();
    while (missing.get() > 0) {
      if (failure != null) {
        throw new ExchangeException("The stage of the workers failed.", failure);
      }
      LockSupport.parkNanos(this, PARK_NANOS);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new ExchangeException("The thread of the fit was interrupted.");
      }
    }
    return Arrays.asList(contributions);
  }

  private void wakeWorkers() {
    synchronized (workers) {
      for (Thread worker : workers) {
        LockSupport.unpark(worker);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    wakeWorkers();
    stage.awaitEnd(END_MILLIS);
    OPEN.remove(id);
  }

  /** Finds the exchange of the fit in this process. */
  private record Connector(String id) implements WorkerConnector {

    private static final long serialVersionUID = 1L;

    @Override
    public WorkerEnd connect(int worker, ContributionShape shape, WorkerProgram<?> program) {
      InProcessExchange exchange = OPEN.get(id);
      if (exchange == null) {
        throw new ExchangeException(
            "exchange is \"inProcess\" and this worker runs in another process than the driver; use"
                + " \"rpc\", \"job\" or \"auto\".");
      }
      return exchange.new End(worker);
    }
  }

  /** The end of one worker, used in its thread. */
  private final class End implements WorkerEnd {

    private final int worker;
    private int seen;

    End(int worker) {
      this.worker = worker;
      synchronized (workers) {
        workers[worker] = Thread.currentThread();
      }
    }

    @Override
    public Round next(Contribution previous) {
      if (previous != null) {
        contributions[worker] = previous;
        if (missing.decrementAndGet() == 0) {
          LockSupport.unpark(driver);
        }
      }
      for (int spin = 0; spin < SPINS && number == seen && !closed; spin++) {
        Thread.onSpinWait();
      }
      while (number == seen && !closed) {
        LockSupport.parkNanos(InProcessExchange.this, PARK_NANOS);
        if (TaskContext.get().isInterrupted() || Thread.currentThread().isInterrupted()) {
          throw new TaskKilledException("the fit was cancelled");
        }
      }
      seen++;
      return closed ? null : current;
    }

    @Override
    public void close() {
      synchronized (workers) {
        workers[worker] = null;
      }
    }
  }
}
