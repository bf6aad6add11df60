package sparkrnn.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;

/**
 * For local mode, where driver and workers are threads of one process: arrays are handed over by
 * reference, nothing is copied or serialised.
 *
 * <p>A round is published by its number. The thread of the fit computes the rounds of the first
 * worker itself, whose own thread sleeps until the end: the driver has nothing else to do in that
 * time, and a thread that must be woken up for every step costs tens of microseconds. Whoever is
 * done first waits for the others, spinning for a moment if every worker has a core, then parked.
 */
public final class InProcessExchange implements Exchange {

  private static final ConcurrentHashMap<String, InProcessExchange> OPEN =
      new ConcurrentHashMap<>();

  /** About as long as a step of the optimizer takes. */
  private static final long SPIN_NANOS = 200_000;

  /** The worker whose rounds the thread of the fit computes. */
  private static final int OWN = 0;

  private static final long PARK_NANOS = 50_000_000;

  private final String id = UUID.randomUUID().toString();
  private final Thread[] workers;
  private final Contribution[] contributions;
  private final AtomicInteger missing = new AtomicInteger();
  private final BarrierStage stage;
  private final long spinNanos;
  private final BooleanSupplier lent = this::isLent;
  private final BooleanSupplier answered = this::isAnswered;
  private Round current;
  private Contribution ownContribution;
  private volatile RoundWorker own;
  private volatile Thread driver;
  private volatile int number;
  private volatile boolean closed;
  private volatile Throwable failure;

  /** Starts a worker for each partition of shares. */
  public <S> InProcessExchange(JavaRDD<S> shares, WorkerProgram<S> program) {
    this.workers = new Thread[shares.getNumPartitions()];
    this.contributions = new Contribution[workers.length];
    this.spinNanos = workers.length <= Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
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
    // Not the worker whose rounds are computed here: its thread has nothing to do before the end.
    wakeWorkers(OWN + 1);
    await(lent);
    computeOwn(round);
    await(answered);
    return Arrays.asList(contributions);
  }

  private void computeOwn(Round round) {
    try {
      own.compute(round, ownContribution);
    } catch (RuntimeException e) {
      throw new ExchangeException("Worker " + OWN + " failed.", e);
    }
    contributions[OWN] = ownContribution;
    missing.decrementAndGet();
  }

  private boolean isLent() {
    return own != null;
  }

  private boolean isAnswered() {
    return missing.get() == 0;
  }

  @Override
  public boolean awaitStart(long millis) {
    driver = Thread.currentThread();
    long deadline = System.nanoTime() + millis * 1_000_000;
    while (!isLent()) {
      checkAlive();
      if (System.nanoTime() > deadline && !stage.started()) {
        return false;
      }
      LockSupport.parkNanos(this, PARK_NANOS);
    }
    return true;
  }

  private void await(BooleanSupplier done) {
    long parkAt = System.nanoTime() + spinNanos;
    checkAlive();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() < parkAt) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, PARK_NANOS);
      }
      checkAlive();
    }
  }

  private void checkAlive() {
    if (failure != null) {
      throw new ExchangeException("The stage of the workers failed.", failure);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new ExchangeException("The thread of the fit was interrupted.");
    }
  }

  private void wakeWorkers(int first) {
    synchronized (workers) {
      for (int worker = first; worker < workers.length; worker++) {
        LockSupport.unpark(workers[worker]);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    wakeWorkers(OWN);
    stage.end(failure != null || !isLent());
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
      long parkAt = System.nanoTime() + spinNanos;
      while (number == seen && !closed && System.nanoTime() < parkAt) {
        Thread.onSpinWait();
      }
      while (number == seen && !closed) {
        park();
      }
      seen++;
      return closed ? null : current;
    }

    @Override
    public boolean lend(RoundWorker rounds, Contribution contribution) {
      if (worker != OWN) {
        return false;
      }
      ownContribution = contribution;
      own = rounds;
      LockSupport.unpark(driver);
      while (!closed) {
        park();
      }
      return true;
    }

    private void park() {
      LockSupport.parkNanos(InProcessExchange.this, PARK_NANOS);
      if (TaskContext.get().isInterrupted() || Thread.currentThread().isInterrupted()) {
        throw new TaskKilledException("the fit was cancelled");
      }
    }

    @Override
    public void close() {
      synchronized (workers) {
        workers[worker] = null;
      }
    }
  }
}
