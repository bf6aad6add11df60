package sparkrnn.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    exchange = new RpcExchange(shares, IdleWorkers.of(parameterCount, sharded ? workers : 0));
    exchange.round(round);
  }

  @Benchmark
  public float[] round() {
    List<Contribution> answers = exchange.round(round);
    float[][] sums = answers.stream().map(answer -> answer.sums[0]).toArray(float[][]::new);
    return IdleWorkers.add(sums);
  }

  /** Ends the workers and the cluster. */
  @TearDown
  public void tearDown() {
    exchange.close();
    spark.stop();
  }
}
