package sparkrnn.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the exchange costs in a training step, microseconds: workers that are processes of their own
 * compute nothing; every one has a partial sum, all are added up, and all get the parameters.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class ExchangeBenchmark {

  private static final long MEGABYTE = 1 << 20;

  /** Executors of one core. */
  @Param({"2"})
  public int workers;

  /** Of SimpleRNN(128) and LSTM(128). */
  @Param({"16769", "70273"})
  public int parameterCount;

  /** "rpc" or "sharded". */
  @Param({"rpc", "sharded"})
  public String exchangeName;

  private SparkSession spark;
  private Exchange exchange;
  private Round round;

  /** Starts a cluster and the exchange. */
  @Setup
  public void setUp() throws IOException {
    // What a local cluster looks for where Spark is not installed.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    long arrays = 8 * Float.BYTES * (long) parameterCount / MEGABYTE;
    spark =
        SparkSession.builder()
            .master(String.format(Locale.ROOT, "local-cluster[%d,1,%d]", workers, 600 + arrays))
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", (600 + arrays) + "m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
    boolean sharded = exchangeName.equals("sharded");
    round = new Round(sharded ? 0 : parameterCount);
    Arrays.fill(round.parameters, 0.5f);
    JavaRDD<Integer> shares =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(IntStream.range(0, workers).boxed().toList(), workers);
    exchange =
        new RpcExchange(
            shares, sharded ? new IdleOwners(parameterCount, workers) : new Idle(parameterCount));
    exchange.round(round);
  }

  @Benchmark
  public float[] round() {
    List<Contribution> answers = exchange.round(round);
    float[][] sums = answers.stream().map(answer -> answer.sums[0]).toArray(float[][]::new);
    return add(sums);
  }

  private static float[] add(float[][] sums) {
    float[] total = sums[0];
    for (int worker = 1; worker < sums.length; worker++) {
      float[] sum = sums[worker];
      for (int i = 0; i < total.length; i++) {
        total[i] += sum[i];
      }
    }
    return total;
  }

  /** Ends the workers and the cluster. */
  @TearDown
  public void tearDown() {
    exchange.close();
    spark.stop();
  }

  /** Answers what is in the arrays anyway. */
  private record Idle(int parameterCount) implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public RoundWorker start(Integer share) {
      return (asked, contribution) -> contribution.hasSums = true;
    }

    @Override
    public ContributionShape shape(int worker) {
      return new ContributionShape(1, 1, parameterCount);
    }
  }

  /** Workers that own slices and send each other what is in the arrays anyway. */
  private record IdleOwners(int parameterCount, int workers) implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    private static final int BLOCK = 1024;

    @Override
    public RoundWorker start(Integer share) {
      return new IdleOwner(share, sharing());
    }

    @Override
    public ContributionShape shape(int worker) {
      return new ContributionShape(1, 1, 0, 0, sharing().length(worker) / BLOCK + 1);
    }

    @Override
    public int parameterCount() {
      return 0;
    }

    @Override
    public Optional<Slices> slices() {
      return Optional.of(sharing());
    }

    private Slices sharing() {
      int[] sums = new int[workers];
      Arrays.fill(sums, 1);
      return new Slices(Slices.bounds(parameterCount, workers, BLOCK), sums, false);
    }
  }

  /** One of them. */
  private static final class IdleOwner implements RoundWorker {

    private final int worker;
    private final int from;
    private final float[] whole;
    private final float[][] sums;
    private final float[][][] received;
    private final float[][] slices;
    private Peers peers;

    IdleOwner(int worker, Slices sharing) {
      this.worker = worker;
      this.from = sharing.from(worker);
      this.whole = new float[sharing.parameters()];
      this.sums = new float[1][sharing.parameters()];
      this.received = new float[sharing.workers()][1][sharing.length(worker)];
      this.slices = Arrays.stream(received).map(sum -> sum[0]).toArray(float[][]::new);
    }

    @Override
    public void meet(Peers others) {
      peers = others;
      peers.receiveInto(received, whole);
    }

    @Override
    public void compute(Round round, Contribution contribution) {
      System.arraycopy(sums[0], from, slices[worker], 0, slices[worker].length);
      peers.scatter(sums);
      float[] total = add(slices);
      System.arraycopy(total, 0, whole, from, total.length);
      peers.gather(whole);
      contribution.hasSums = false;
    }
  }
}
