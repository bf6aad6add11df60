package sparkrnn.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.InterruptedFitException;
import sparkrnn.training.Interruption;
import sparkrnn.training.TrainingListener;

/** Fits on a cluster of two workers of our own, whose processes are killed while they run. */
final class FaultyFits implements AutoCloseable {

  /** Batches of 20 of the 76 rows that are left for training. */
  static final int STEPS_PER_EPOCH = 4;

  static final int EPOCHS = 12;

  private static final int WORKERS = 2;

  /**
   * What happens after a training step, counted through the whole fit; after 0 before the first.
   */
  interface Fault {

    void after(int step) throws Exception;
  }

  /**
   * What a fit came to.
   *
   * @param digest of the weights
   * @param losses how often it was told that a worker was lost
   */
  record Outcome(String digest, int losses) {}

  /** Of a strike, in milliseconds: some steps of a fit that nothing disturbs. */
  private static final int MOST_DELAY = 40;

  /** Where a fit is when something is killed. */
  enum Point {
    NO_FIT,
    FIRST_STEP,
    MID_EPOCH,
    VALIDATION
  }

  private final StandaloneCluster cluster;
  private final SparkSession spark;
  private final Killer killer = new Killer();
  private volatile Point point = Point.NO_FIT;
  private final AtomicInteger kills = new AtomicInteger();

  FaultyFits(Path directory) throws Exception {
    cluster = StandaloneCluster.start(Files.createDirectories(directory), WORKERS);
    spark =
        SparkSession.builder()
            .master(cluster.url())
            .appName("faults")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "512m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
  }

  int kills() {
    return kills.get();
  }

  static RnnRegressor estimator() {
    return SameBitsProgram.estimator("lstm").setEpochs(EPOCHS).setNumWorkers(WORKERS);
  }

  Outcome fit(RnnRegressor estimator, Fault fault) {
    List<String> losses = new ArrayList<>();
    Dataset<Row> data = SameBitsProgram.data(spark, 3);
    estimator.addListener(
        new TrainingListener() {
          @Override
          public void started(int maxIter, long stepsPerEpoch, long sequences) {
            strike(0);
          }

          @Override
          public void stepEnded(int epoch, long step, double loss) {
            strike((epoch - 1) * STEPS_PER_EPOCH + (int) step);
          }

          private void strike(int step) {
            point = step == 0 ? Point.FIRST_STEP : inEpoch(step);
            try {
              fault.after(step);
            } catch (Exception broken) {
              throw new IllegalStateException(broken);
            }
          }

          @Override
          public void epochEnded(int epoch, double loss, double validationLoss, double speed) {
            point = Point.MID_EPOCH;
          }

          @Override
          public void notice(String sentence) {
            System.out.println("# " + sentence);
            if (sentence.startsWith("A worker was lost")) {
              losses.add(sentence);
            }
          }
        });
    try {
      return new Outcome(SameBitsProgram.digest(estimator.fit(data)), losses.size());
    } finally {
      point = Point.NO_FIT;
      killer.settle();
    }
  }

  /** What comes after the last step of an epoch. */
  private static Point inEpoch(int step) {
    return step % STEPS_PER_EPOCH == 0 ? Point.VALIDATION : Point.MID_EPOCH;
  }

  private void killed(String what) {
    kills.incrementAndGet();
    System.out.println("# killed " + what + " in " + point);
  }

  /** Kills so many executors, if so many run. */
  void killExecutors(int count) {
    List<ProcessHandle> executors = cluster.executors();
    for (ProcessHandle executor : executors.subList(0, Math.min(count, executors.size()))) {
      StandaloneCluster.kill(executor);
      killed("executor");
    }
  }

  /** Kills a worker with its executor. */
  void killMachine() {
    StandaloneCluster.killMachine(cluster.workers().get(0));
    killed("machine");
  }

  /** Starts workers until there are as many as at the beginning. */
  void replaceMachines() throws Exception {
    while (cluster.workers().size() < WORKERS) {
      cluster.addWorker();
    }
  }

  /** The same, when so many seconds are over. */
  void replaceMachinesAfter(int seconds) throws Exception {
    killer.strike(1000 * seconds, this::replaceMachines);
  }

  /**
   * An executor, both, or a machine in whose place another comes: at points drawn by chance, the
   * first step and the validations more often than their share; half of them between two steps, and
   * half some milliseconds later, wherever the fit is then.
   */
  Fault random(Random random, int count) {
    Set<Integer> steps = new HashSet<>();
    while (steps.size() < count) {
      steps.add(step(random));
    }
    return step -> {
      if (steps.contains(step)) {
        int act = random.nextInt(8);
        killer.strike(random.nextBoolean() ? 0 : 1 + random.nextInt(MOST_DELAY), () -> act(act));
      }
    };
  }

  private static int step(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1, 2 -> STEPS_PER_EPOCH * (1 + random.nextInt(EPOCHS - 1));
      default -> random.nextInt(EPOCHS * STEPS_PER_EPOCH);
    };
  }

  private void act(int act) throws Exception {
    if (point == Point.NO_FIT) {
      return;
    }
    switch (act) {
      case 0, 1, 2 -> killExecutors(WORKERS);
      case 3, 4 -> {
        killMachine();
        replaceMachines();
      }
      default -> killExecutors(1);
    }
  }

  /** Stops a fit after a step, as SIGTERM does. */
  static Fault stop(Interruption interruption, int stopStep) {
    return step -> {
      if (step == stopStep) {
        Thread asker = new Thread(() -> interruption.request(Duration.ofSeconds(60)), "asker");
        asker.setDaemon(true);
        asker.start();
      }
      // The request is seen after this step or one of the next, whichever it is.
    };
  }

  /** Fits with faults until one is not stopped; each goes on from the checkpoint of the last. */
  Outcome fitWithStops(Path checkpoints, Random random, int stops, int killsEach) {
    for (int stop = 0; stop < stops; stop++) {
      Interruption interruption = new Interruption();
      RnnRegressor stopped =
          estimator()
              .setCheckpointDir(checkpoints.toString())
              .setCheckpointSteps(3)
              .setInterruption(interruption);
      Fault kill = random(random, killsEach);
      Fault end = stop(interruption, 1 + random.nextInt(EPOCHS * STEPS_PER_EPOCH - 1));
      try {
        return fit(
            stopped,
            step -> {
              kill.after(step);
              end.after(step);
            });
      } catch (InterruptedFitException expected) {
        System.out.println("# " + expected.getMessage());
      }
    }
    return fit(
        estimator().setCheckpointDir(checkpoints.toString()).setCheckpointSteps(3),
        random(random, killsEach));
  }

  @Override
  public void close() {
    killer.close();
    spark.stop();
    cluster.close();
  }
}
