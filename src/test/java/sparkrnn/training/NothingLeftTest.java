package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.LocalSpark;
import sparkrnn.exchange.ExchangeException;
import sparkrnn.ml.RnnRegressor;

/**
 * Fits side by side, cancelled and interrupted ones leave no broadcast, block, file, thread or
 * port. If this fails, a session that lives for weeks runs full.
 */
@ExtendWith(LocalSpark.class)
@Timeout(180)
final class NothingLeftTest {

  private static final int ROWS = 64;
  private static final long PATIENCE_SECONDS = 10;

  @TempDir private Path directory;
  private final SparkSession spark;
  private final SparkContext context;

  /** A group that was cancelled with its future jobs stays so. */
  private static final AtomicInteger GROUPS = new AtomicInteger();

  private ExecutorService pool;

  NothingLeftTest(SparkSession spark) {
    this.spark = spark;
    this.context = spark.sparkContext();
  }

  @BeforeEach
  void startPool() {
    pool = Executors.newFixedThreadPool(2);
  }

  @AfterEach
  void stopPool() {
    pool.shutdownNow();
  }

  private RnnRegressor estimator(String exchange) {
    return FitRows.estimator().setShardSize(4).setExchange(exchange).setNumWorkers(2);
  }

  private float[] weights(RnnRegressor estimator) {
    return FitRows.weights(estimator.fit(FitRows.dataset(spark, ROWS)));
  }

  /** Runs it once so that all pools and classes are there, then again between two looks. */
  private void assertLeavesNothing(Callable<?> work) throws Exception {
    work.call();
    awaitCleaned(HeldResources.now(context), 2);
    HeldResources before = HeldResources.now(context);
    work.call();
    List<String> left = awaitCleaned(before, PATIENCE_SECONDS);
    assertThat(left).isEmpty();
  }

  /** Spark's cleaner follows the garbage collector, in its own thread. */
  private List<String> awaitCleaned(HeldResources before, long seconds) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    CountDownLatch never = new CountDownLatch(1);
    List<String> left;
    do {
      System.gc();
      assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
      left = HeldResources.now(context).moreThan(before);
    } while (!left.isEmpty() && System.nanoTime() < deadline);
    return left;
  }

  @ParameterizedTest
  @ValueSource(strings = {"inProcess", "rpc"})
  void twoFitsAtOnceAreRightAndLeaveNothing(String exchange) throws Exception {
    float[] alone = weights(estimator("inProcess"));
    assertLeavesNothing(
        () -> {
          Callable<float[]> fit = () -> weights(estimator(exchange));
          for (Future<float[]> each : pool.invokeAll(List.of(fit, fit))) {
            assertThat(each.get()).containsExactly(alone);
          }
          return null;
        });
  }

  private static TrainingListener atEpoch(int wanted, Runnable act) {
    return new TrainingListener() {
      @Override
      public void epochEnded(int epoch, double loss, double validationLoss, double speed) {
        if (epoch == wanted) {
          act.run();
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"rpc", "job"})
  @Tag("spark-4.0")
  void cancelledFitLeavesNothing(String exchange) throws Exception {
    assertLeavesNothing(
        () -> {
          String group = "endless " + GROUPS.incrementAndGet();
          RnnRegressor endless =
              estimator(exchange)
                  .setEpochs(1_000_000)
                  // The job exchange has no job between two training steps.
                  .addListener(
                      atEpoch(
                          3,
                          () -> context.cancelJobGroupAndFutureJobs(group, "the test has it so")));
          Future<?> fit =
              pool.submit(
                  () -> {
                    context.setJobGroup(group, "to be cancelled", true);
                    try {
                      return weights(endless);
                    } finally {
                      context.clearJobGroup();
                    }
                  });
          assertThatThrownBy(fit::get).cause().isInstanceOf(ExchangeException.class);
          return null;
        });
  }

  @Test
  void interruptedFitLeavesNothing() throws Exception {
    assertLeavesNothing(
        () -> {
          RnnRegressor endless =
              estimator("rpc")
                  .setEpochs(1_000_000)
                  .addListener(atEpoch(3, () -> Thread.currentThread().interrupt()));
          Future<Boolean> fit =
              pool.submit(
                  () -> {
                    assertThatThrownBy(() -> weights(endless))
                        .isInstanceOf(ExchangeException.class)
                        .hasMessage("The fit was cancelled.")
                        .hasNoSuppressedExceptions();
                    return Thread.interrupted();
                  });
          assertThat(fit.get()).as("whether the thread still knows").isTrue();
          return null;
        });
  }

  @Test
  void failedFitLeavesNothing() throws Exception {
    assertLeavesNothing(
        () -> {
          RnnRegressor diverging =
              estimator("rpc").setOptimizer("sgd").setActivation("relu").setLearningRate(1e20);
          assertThatThrownBy(() -> weights(diverging)).isInstanceOf(DivergedException.class);
          return null;
        });
  }

  @Test
  void crossValidatorOfFourAtOnceIsRightAndLeavesNothing() throws Exception {
    double[] oneByOne = validated(1);
    assertLeavesNothing(
        () -> {
          assertThat(validated(4)).containsExactly(oneByOne);
          return null;
        });
  }

  /** The metrics of four learning rates, with checkpoints in one directory. */
  private double[] validated(int parallelism) {
    RnnRegressor regressor = estimator("rpc").setCheckpointDir(directory.toString());
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(regressor.learningRate(), new double[] {0.1, 0.01, 0.001, 0.0001})
            .build();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(regressor)
            .setEvaluator(new RegressionEvaluator().setMetricName("mse"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(parallelism)
            .setSeed(3)
            .fit(FitRows.dataset(spark, ROWS));
    assertThat(directory).as("checkpoints").isEmptyDirectory();
    return model.avgMetrics();
  }
}
