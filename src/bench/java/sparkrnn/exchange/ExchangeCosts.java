package sparkrnn.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;

/**
 * What the exchanges cost by workers and parameters, all processes on this machine: one line of
 * JSON for each case, which src/bench/python/exchange_costs.py compares with the model of
 * docs/exchange.md; then whole training steps. Argument: how many workers, "0,1,2,4,8"; 0 is a
 * thread of this process, which exchanges nothing.
 */
public final class ExchangeCosts {

  /** SimpleRNN(128), LSTM(128), and up to what a worker has memory for. */
  private static final int[] PARAMETERS = {16_769, 70_273, 1_000_000, 10_000_000, 50_000_000};

  private static final List<String> EXCHANGES = List.of("rpc", "sharded");

  /**
   * Processor time a process: that of the first case on a cluster. Each process compiles for
   * itself, and until it has, a round is several times as dear.
   */
  private static final double FIRST_WARM_UP_SECONDS = 30;

  private static final double WARM_UP_SECONDS = 1.5;

  /** The same of whole steps: what runs once a step is compiled after thousands of them. */
  private static final double STEP_WARM_UP_SECONDS = 40;

  private static final double SECONDS = 2;
  private static final double GLANCE_SECONDS = 0.25;
  private static final int FEWEST_ROUNDS = 6;
  private static final double NANOS = 1e9;
  private static final int SHARDS = 8;

  /** Of an epoch: so many that what an epoch takes beside its steps is not seen. */
  private static final int STEPS = 32;

  private final int workers;
  private final SparkSession spark;
  private boolean warm;

  private ExchangeCosts(int workers) {
    this.workers = workers;
    this.spark =
        SparkSession.builder()
            .master(
                workers == 0
                    ? "local[1]"
                    : String.format(Locale.ROOT, "local-cluster[%d,1,2000]", workers))
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "2000m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
  }

  /** Measures all cases. */
  public static void main(String[] arguments) throws IOException {
    // What a local cluster looks for where Spark is not installed.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    int largest = Integer.getInteger("parameters", PARAMETERS[PARAMETERS.length - 1]);
    for (String workers : arguments[0].split(",", -1)) {
      ExchangeCosts costs = new ExchangeCosts(Integer.parseInt(workers));
      costs.exchanges(largest);
      costs.steps();
      costs.spark.stop();
    }
  }

  private void exchanges(int largest) throws IOException {
    for (int parameters : PARAMETERS) {
      for (String exchange : EXCHANGES) {
        if (parameters <= largest && workers > 0) {
          System.out.println(measure(exchange, parameters));
        }
      }
    }
  }

  private void steps() {
    List<String> exchanges = workers == 0 ? List.of("inProcess") : EXCHANGES;
    double enough = processorSeconds() + (workers + 1) * STEP_WARM_UP_SECONDS;
    while (processorSeconds() < enough) {
      exchanges.forEach(exchange -> step(exchange, 128, 256, 10, 40));
    }
    for (String exchange : exchanges) {
      System.out.println(step(exchange, 128, 256, 10, 40));
      System.out.println(step(exchange, 512, 64, 10, 6));
    }
  }

  /** Training steps of an LSTM on sequences of ten time steps, in eight shards a batch. */
  private String step(String exchange, int units, int batchSize, int timeSteps, int epochs) {
    RnnRegressor regressor =
        new RnnRegressor()
            .setCell("lstm")
            .setUnits(units)
            .setBatchSize(batchSize)
            .setShardSize(batchSize / SHARDS)
            .setEpochs(epochs)
            .setNumWorkers(Math.max(1, workers))
            .setExchange(exchange);
    String features =
        "transform(sequence(1, %d), t -> transform(sequence(1, 8), f -> float(sin(id + t * f))))";
    RnnRegressionModel model =
        regressor.fit(
            spark
                .range((long) batchSize * STEPS)
                .selectExpr(
                    String.format(Locale.ROOT, features, timeSteps) + " AS features",
                    "sin(id) AS label"));
    double[] speeds = model.summary().sequencesPerSecond();
    speeds = Arrays.copyOfRange(speeds, speeds.length / 2, speeds.length);
    Arrays.sort(speeds);
    return String.format(
        Locale.ROOT,
        "{\"exchange\": \"%s\", \"workers\": %d, \"units\": %d, \"parameters\": %d,"
            + " \"stepMillis\": %.4f}",
        exchange,
        workers,
        units,
        model.weights().values().stream().mapToInt(tensor -> tensor.length).sum(),
        1000 * batchSize / speeds[speeds.length / 2]);
  }

  private String measure(String exchangeName, int parameters) throws IOException {
    boolean sharded = exchangeName.equals("sharded");
    Round round = new Round(sharded ? 0 : parameters);
    Arrays.fill(round.parameters, 0.5f);
    JavaRDD<Integer> shares =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(IntStream.range(0, workers).boxed().toList(), workers);
    try (Exchange exchange =
        new RpcExchange(shares, IdleWorkers.of(parameters, sharded ? workers : 0))) {
      int processes = workers + 1;
      double warmUpSeconds = warm ? WARM_UP_SECONDS : FIRST_WARM_UP_SECONDS;
      run(exchange, round, processes * warmUpSeconds, FEWEST_ROUNDS / 2);
      warm = true;
      long bytes = loopbackBytes();
      double processorSeconds = processorSeconds();
      double[] seconds = run(exchange, round, processes * SECONDS, FEWEST_ROUNDS);
      return String.format(
          Locale.ROOT,
          "{\"exchange\": \"%s\", \"workers\": %d, \"parameters\": %d, \"rounds\": %d,"
              + " \"medianMillis\": %.4f, \"tenthMillis\": %.4f, \"processorMillis\": %.4f,"
              + " \"loopbackBytes\": %d}",
          exchangeName,
          workers,
          parameters,
          seconds.length,
          1000 * seconds[seconds.length / 2],
          1000 * seconds[seconds.length / 10],
          1000 * (processorSeconds() - processorSeconds) / seconds.length,
          (loopbackBytes() - bytes) / seconds.length);
    }
  }

  /**
   * The seconds of each round, the shortest first.
   *
   * @param atLeastSeconds of processor time, which a busy machine takes longer to give
   */
  private static double[] run(Exchange exchange, Round round, double atLeastSeconds, int rounds) {
    List<Double> seconds = new ArrayList<>();
    double enough = processorSeconds() + atLeastSeconds;
    double glanced = 0;
    double sum = 0;
    while (seconds.size() < rounds || sum < glanced || processorSeconds() < enough) {
      glanced = sum < glanced ? glanced : sum + GLANCE_SECONDS;
      long start = System.nanoTime();
      List<Contribution> answers = exchange.round(round);
      IdleWorkers.add(answers.stream().map(answer -> answer.sums[0]).toArray(float[][]::new));
      seconds.add((System.nanoTime() - start) / NANOS);
      sum += seconds.get(seconds.size() - 1);
    }
    return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** Of this process and its children, the executors: user and system time. */
  private static double processorSeconds() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToLong(Duration::toNanos)
            .sum()
        / NANOS;
  }

  /** All that has gone through the loopback of this machine, headers of TCP included. */
  private static long loopbackBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/net/dev"), StandardCharsets.UTF_8).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("lo:"))
        .mapToLong(line -> Long.parseLong(line.split("\\s+", 3)[1]))
        .sum();
  }
}
