package sparkrnn.training;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import sparkrnn.data.PackedDataset;
import sparkrnn.data.WorkerShare;
import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.Exchange;
import sparkrnn.exchange.ExchangeException;
import sparkrnn.exchange.Round;
import sparkrnn.exchange.Slices;
import sparkrnn.exchange.WorkerProgram;
import sparkrnn.network.Network;

/**
 * The workers of one fit, seen as one: asks a round of all of them, adds up what they answer, and
 * begins again with the same round where a worker is lost. A round is a pure function, so the sums
 * are the same bits whoever computed them and however often.
 */
final class Workforce implements AutoCloseable {

  private static final long REPLACEMENT_MILLIS = 60_000;

  /** How long workers wait for slots that other jobs hold: a setting of the application. */
  private static final String SLOTS_TIMEOUT = "spark.rnn.slots.timeout";

  /** How long a fit waits where no executor is left: a setting of the application. */
  private static final String EXECUTORS_TIMEOUT = "spark.rnn.executors.timeout";

  /** How often workers that own slices bring them to the driver: a setting of the application. */
  static final String SNAPSHOT_INTERVAL = "spark.rnn.snapshot.interval";

  /** How long without a word. */
  private static final long TELL_MILLIS = 10_000;

  /** How long Spark itself waits for executors by default before it begins. */
  private static final long REGISTRATION_MILLIS = 30_000;

  private final SparkContext context;
  private final PackedDataset data;
  private final Network network;
  private final int stateSize;
  private final ExchangeChoice choice;
  private final SliceSpec spec;
  private final int localSteps;
  private final int wantedWorkers;
  private final Round round;
  private final List<TrainingListener> listeners;
  private Round wire;
  private Consumer<Exchange> restart = started -> {};
  private Exchange exchange;
  private WorkerProgram<WorkerShare> program;
  private TreeTop tree;
  private int workers;
  private int restarts;
  private List<Contribution> answers;

  /** No worker runs yet. */
  Workforce(
      TrainingSet set,
      Network network,
      TrainingSettings settings,
      ExchangeChoice choice,
      List<TrainingListener> listeners) {
    this.context = set.context();
    this.data = set.data();
    this.network = network;
    this.choice = choice;
    this.spec = SliceSpec.of(settings, network.layout());
    this.localSteps = settings.localSteps();
    this.wantedWorkers = settings.numWorkers();
    this.stateSize = data.plan().segmented() ? network.stateSize() : 0;
    this.round =
        new Round(network.layout().size(), Math.toIntExact(data.plan().sequences() * stateSize));
    this.wire = round;
    this.listeners = listeners;
  }

  /** Whether the workers own slices of the parameters. */
  boolean isSharded() {
    return choice == ExchangeChoice.SHARDED;
  }

  /**
   * Lets workers that own slices be asked.
   *
   * @param shared what crosses the network in the place of {@link #round}, whose kind, epoch, batch
   *     and scale it takes
   * @param restarted brings new workers to the state that the ones before had
   */
  void share(Round shared, Consumer<Exchange> restarted) {
    wire = shared;
    restart = restarted;
  }

  /** Which worker owns what. */
  Slices slices() {
    return program.slices().orElseThrow();
  }

  /** The round to fill in before {@link #ask}; its parameters are the ones that are trained. */
  Round round() {
    return round;
  }

  /** How many tasks share the data. */
  int workers() {
    return workers;
  }

  /** How often workers were lost and replaced. */
  int restarts() {
    return restarts;
  }

  /** The name of the exchange in use. */
  String exchangeName() {
    return exchange.name();
  }

  /**
   * Chooses the number of workers: before the data is packed for them. Executors of a cluster may
   * still be on their way when a fit begins; for wanted ones it waits a while.
   *
   * @param owner the stage that fits, for messages
   * @throws IllegalArgumentException if numWorkers is more than the cluster has slots
   */
  void size(String owner) {
    int useful = data.plan().shards();
    int slots = Math.max(1, slotsFor(Math.min(wantedWorkers, useful)));
    if (choice.needsAllSlots() && wantedWorkers > slots) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: training needs %d task slots at once (numWorkers) and the cluster offers %d. Lower numWorkers, or give Spark more cores.",
              owner,
              wantedWorkers,
              slots));
    }
    workers = Math.min(useful, wantedWorkers > 0 ? wantedWorkers : slots);
  }

  private int slotsFor(int wanted) {
    if (context.isLocal() || !choice.needsAllSlots()) {
      return TaskSlots.now(context);
    }
    try {
      return TaskSlots.await(context, wanted, REGISTRATION_MILLIS);
    } catch (InterruptedException interrupted) {
      throw stoppedWaiting(interrupted);
    }
  }

  private static ExchangeException stoppedWaiting(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new ExchangeException("The thread of the fit was interrupted.", interrupted);
  }

  /**
   * Asks the filled-in round of all workers.
   *
   * @throws ExchangeException if workers are lost again and again, or the fit was cancelled
   */
  void ask(RoundKind kind) {
    round.kind = kind.number();
    wire.kind = round.kind;
    wire.epoch = round.epoch;
    wire.batch = round.batch;
    wire.scale = round.scale;
    ask(wire);
  }

  /** The same with a round of its own. */
  void ask(Round asked) {
    for (int losses = 0; ; losses++) {
      try {
        if (exchange == null) {
          open();
          restart.accept(exchange);
        }
        answers = exchange.round(asked);
        return;
      } catch (ExchangeException lost) {
        LostWorkers.giveUpUnlessLost(lost, losses, asked, context);
        replaceWorkers(lost);
      }
    }
  }

  /** What all workers answered to the last round, by their numbers. */
  List<Contribution> answers() {
    return answers;
  }

  /** Workers start all at once or not at all; while other jobs hold their slots, they wait. */
  private void open() {
    long patience = slotsTimeoutMillis();
    long told = Math.min(patience, TELL_MILLIS);
    startWorkers();
    if (!exchange.awaitStart(told)) {
      notice(
          String.format(
              Locale.ROOT,
              "The fit waits for %d task slots at once; the cluster has %d, of which %d are free. After %d s (%s) it goes on with those that are free then; exchange \"job\" needs none of its own.",
              workers,
              TaskSlots.now(context),
              TaskSlots.free(context),
              patience / 1000,
              SLOTS_TIMEOUT));
      for (long wait = patience - told; !exchange.awaitStart(wait); wait = patience) {
        goOnWith(TaskSlots.free(context));
      }
    }
  }

  /** The milliseconds to wait for slots that other jobs hold. */
  private long slotsTimeoutMillis() {
    return 1000 * context.getConf().getTimeAsSeconds(SLOTS_TIMEOUT, "120s");
  }

  /** The nanoseconds between two times at which workers bring their slices. */
  long snapshotNanos() {
    return 1_000_000_000L * context.getConf().getTimeAsSeconds(SNAPSHOT_INTERVAL, "60s");
  }

  private void goOnWith(int free) {
    if (free > 0 && free < workers) {
      notice(
          String.format(
              Locale.ROOT,
              "Other jobs hold the rest of the task slots; the fit goes on with %d of %d workers.",
              free,
              workers));
      exchange.close();
      workers = free;
      startWorkers();
    }
  }

  private void startWorkers() {
    ShardWorkerProgram shards =
        new ShardWorkerProgram(
            network.spec(),
            network.segmentation(),
            data.plan(),
            workers,
            round.parameters.length,
            stateSize);
    tree = shards.treeTop();
    program = program(shards);
    exchange = choice.open(data.shares(workers), program);
  }

  private WorkerProgram<WorkerShare> program(ShardWorkerProgram shards) {
    if (localSteps > 1) {
      LocalWorkerProgram local = new LocalWorkerProgram(shards, spec, localSteps);
      return isSharded() ? new ShardedLocalWorkerProgram(local) : local;
    }
    return isSharded() ? new ShardedWorkerProgram(shards, spec) : shards;
  }

  private void replaceWorkers(ExchangeException lost) {
    restarts++;
    close();
    notice(
        String.format(
            Locale.ROOT,
            "A worker was lost (%s); the fit goes on with %s.",
            LostWorkers.reason(lost),
            RoundKind.place(round)));
    if (choice.needsAllSlots()) {
      awaitReplacement();
    }
  }

  private void awaitReplacement() {
    try {
      int slots = TaskSlots.await(context, workers, REPLACEMENT_MILLIS);
      if (slots == 0) {
        slots = awaitAny();
      }
      if (slots < workers) {
        notice(
            String.format(
                Locale.ROOT,
                "%d of %d task slots are left; the fit goes on with them.",
                slots,
                workers));
        workers = slots;
      }
    } catch (InterruptedException interrupted) {
      throw stoppedWaiting(interrupted);
    }
  }

  /** The driver holds all that new workers need; a cluster may take minutes to bring a machine. */
  private int awaitAny() throws InterruptedException {
    long seconds = context.getConf().getTimeAsSeconds(EXECUTORS_TIMEOUT, "30m");
    notice(
        String.format(
            Locale.ROOT,
            "All executors were lost; the fit waits for others, at most %d s (%s).",
            seconds,
            EXECUTORS_TIMEOUT));
    if (TaskSlots.await(context, 1, 1000 * seconds) == 0) {
      throw new ExchangeException(
          String.format(
              Locale.ROOT,
              "All executors were lost and none came back within %d s (%s). Look into the cluster"
                  + " for the reason, or raise the setting.",
              seconds,
              EXECUTORS_TIMEOUT));
    }
    return TaskSlots.await(context, workers, REPLACEMENT_MILLIS);
  }

  private void notice(String sentence) {
    listeners.forEach(listener -> listener.notice(sentence));
  }

  /** The sum of the losses of the last round, added in the order of the shards. */
  double lossSum() {
    double sum = 0;
    for (Contribution answer : answers) {
      for (double loss : answer.losses) {
        sum += loss;
      }
    }
    return sum;
  }

  /** Lets the next round begin with the states that the last one ended in. */
  void carryStates() {
    carryStates(answers, round.states);
  }

  /** Overwrites the states of all sequences with what workers answered. */
  static void carryStates(List<Contribution> from, float[] states) {
    int at = 0;
    for (Contribution answer : from) {
      System.arraycopy(answer.states, 0, states, at, answer.states.length);
      at += answer.states.length;
    }
  }

  /**
   * The sum of what the shards gave in the last round, their gradients or, with local steps, the
   * states of their replicas; valid until the next one.
   */
  float[] sum() {
    return tree.sum(answers);
  }

  /** Lets the workers end; the next round would start new ones. */
  @Override
  public void close() {
    if (exchange != null) {
      exchange.close();
      exchange = null;
    }
  }
}
