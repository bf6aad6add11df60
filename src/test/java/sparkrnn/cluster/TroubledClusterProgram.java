package sparkrnn.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkrnn.exchange.ExchangeException;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.training.TrainingListener;

/**
 * One fit or a few on a local cluster of two executors of one core, under settings and in troubles
 * that clusters know. Prints "fit name exchange workers digest-of-the-weights" for every fit,
 * "notice ..." for what listeners are told, and "error ..." for what is refused.
 */
final class TroubledClusterProgram {

  private static final Map<String, Map<String, String>> SETTINGS =
      Map.of(
          "encrypted",
          Map.of(
              "spark.authenticate", "true",
              "spark.authenticate.secret", "a secret of the test",
              "spark.network.crypto.enabled", "true",
              "spark.rnn.slots.timeout", "2s",
              "spark.rnn.snapshot.interval", "0s"),
          "authenticated",
          Map.of(
              "spark.authenticate", "true",
              "spark.authenticate.secret", "a secret of the test",
              "spark.speculation", "true",
              "spark.speculation.interval", "10ms",
              "spark.speculation.quantile", "0.1",
              "spark.speculation.multiplier", "1.01"),
          "dynamic",
          Map.of(
              "spark.dynamicAllocation.enabled", "true",
              "spark.dynamicAllocation.shuffleTracking.enabled", "true"),
          "stopped",
          Map.of("spark.rnn.worker.timeout", "3s"),
          "taken",
          Map.of("spark.port.maxRetries", "0"));

  private final SparkSession spark;
  private final Dataset<Row> data;

  private TroubledClusterProgram(SparkSession spark) {
    this.spark = spark;
    this.data = SameBitsProgram.data(spark, 3);
  }

  /** Argument: which trouble. */
  public static void main(String[] arguments) throws Exception {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("troubled cluster")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    SETTINGS.get(arguments[0]).forEach(builder::config);
    ServerSocket other = new ServerSocket(0);
    if (arguments[0].equals("taken")) {
      builder.config("spark.rnn.worker.port", String.valueOf(other.getLocalPort()));
    }
    SparkSession spark = builder.getOrCreate();
    TroubledClusterProgram program = new TroubledClusterProgram(spark);
    switch (arguments[0]) {
      case "encrypted" -> {
        program.fit("calm", program.estimator("rpc"));
        program.fit("calm", program.estimator("sharded"));
        program.fitBesideAnEndlessTask();
      }
      case "dynamic" -> {
        program.fit("calm", program.estimator("auto"));
        program.refused(program.estimator("rpc"));
        program.refused(program.estimator("sharded"));
      }
      case "authenticated" -> {
        program.fit("calm", program.estimator("rpc"));
        program.fit("calm", program.estimator("job"));
      }
      case "stopped" -> program.fitWhileAnExecutorStops();
      case "taken" -> program.refused(program.estimator("sharded"));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    spark.stop();
    other.close();
  }

  private RnnRegressor estimator(String exchange) {
    return SameBitsProgram.estimator("simpleRnn")
        .setExchange(exchange)
        .addListener(
            new TrainingListener() {
              @Override
              public void notice(String sentence) {
                System.out.println("notice " + sentence);
              }
            });
  }

  private void fit(String name, RnnRegressor estimator) {
    RnnRegressionModel model = estimator.fit(data);
    System.out.println(
        String.join(
            " ",
            "fit",
            name,
            model.summary().exchange(),
            String.valueOf(model.summary().workers()),
            SameBitsProgram.digest(model)));
  }

  private void refused(RnnRegressor estimator) {
    try {
      fit("refused", estimator);
    } catch (IllegalArgumentException | ExchangeException refusal) {
      System.out.println("error " + refusal.getMessage());
    }
  }

  /** Another job of the application holds one of the two slots from before the fit to its end. */
  private void fitBesideAnEndlessTask() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskStart(SparkListenerTaskStart task) {
                running.countDown();
              }
            });
    JavaFutureAction<Void> endless =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(0), 1)
            .foreachAsync(zero -> new CountDownLatch(1).await());
    if (!running.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the endless task has not begun");
    }
    fit("busy", estimator("rpc").setNumWorkers(2));
    endless.cancel(true);
  }

  /** An executor stops in the second epoch, as on a machine that swaps or hangs; it stays there. */
  private void fitWhileAnExecutorStops() {
    fit("calm", estimator("rpc").setEpochs(6));
    fit(
        "stopped",
        estimator("rpc")
            .setEpochs(6)
            .addListener(
                new TrainingListener() {
                  @Override
                  public void epochEnded(
                      int epoch, double loss, double validationLoss, double speed) {
                    if (epoch == 2) {
                      stopAnExecutor();
                    }
                  }
                }));
  }

  private static void stopAnExecutor() {
    ProcessHandle executor =
        ProcessHandle.current()
            .children()
            .max(Comparator.comparingLong(ProcessHandle::pid))
            .orElseThrow();
    try {
      new ProcessBuilder("kill", "-STOP", String.valueOf(executor.pid())).start().waitFor();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
