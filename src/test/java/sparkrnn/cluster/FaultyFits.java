package sparkrnn.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

  private final StandaloneCluster cluster;
  private final SparkSession spark;
  private int kills;

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
    return kills;
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
            try {
              fault.after(step);
            } catch (Exception broken) {
              throw new IllegalStateException(broken);
            }
          }

          @Override
          public void notice(String sentence) {
            System.out.println("# " + sentence);
            if (sentence.startsWith("A worker was lost")) {
              losses.add(sentence);
            }
          }
        });
    return new Outcome(SameBitsProgram.digest(estimator.fit(data)), losses.size());
  }

  /** Kills so many executors, if so many run. */
  void killExecutors(int count) {
    List<ProcessHandle> executors = cluster.executors();
    for (ProcessHandle executor : executors.subList(0, Math.min(count, executors.size()))) {
      StandaloneCluster.kill(executor);
      kills++;
    }
  }

  /** Kills a worker with its executor. */
  void killMachine() {
    StandaloneCluster.killMachine(cluster.workers().get(0));
    kills++;
  }

  /** Starts workers until there are as many as at the beginning. */
  void replaceMachines() throws Exception {
    while (cluster.workers().size() < WORKERS) {
      cluster.addWorker();
    }
  }

  /** At steps drawn by chance: an executor, both, or a machine in whose place another comes. */
  Fault random(Random random, int count) {
    List<Integer> steps =
        random.ints(0, EPOCHS * STEPS_PER_EPOCH).distinct().limit(count).sorted().boxed().toList();
    return step -> {
      if (!steps.contains(step)) {
        return;
      }
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> killExecutors(WORKERS);
        case 3, 4 -> {
          killMachine();
          replaceMachines();
        }
        default -> killExecutors(1);
      }
    };
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
    spark.stop();
    cluster.close();
  }
}
