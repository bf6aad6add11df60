package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.exchange.ExchangeException;
import sparkrnn.ml.RnnRegressor;

/** What a fit takes from a cluster, and that it gives it back. */
@ExtendWith(LocalSpark.class)
@Timeout(120)
final class ClusterUseTest {

  private final SparkSession spark;

  ClusterUseTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void nothingStaysPersistedAfterAFit() {
    Set<Object> before = HeldResources.rdds(spark.sparkContext());
    FitRows.estimator().fit(FitRows.dataset(spark, 64));
    assertThat(before).containsAll(HeldResources.rdds(spark.sparkContext()));
  }

  @Test
  void nothingStaysPersistedAfterAFitThatFailed() {
    Set<Object> before = HeldResources.rdds(spark.sparkContext());
    RnnRegressor diverging =
        FitRows.estimator().setOptimizer("sgd").setActivation("relu").setLearningRate(1e20);
    assertThatThrownBy(() -> diverging.fit(FitRows.dataset(spark, 64)))
        .isInstanceOf(DivergedException.class);
    assertThat(before).containsAll(HeldResources.rdds(spark.sparkContext()));
  }

  @Test
  void moreWorkersThanSlotsAreRefused() {
    assertThatThrownBy(
            () ->
                FitRows.estimator()
                    .setShardSize(1)
                    .setNumWorkers(8)
                    .fit(FitRows.dataset(spark, 64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RnnRegressor: training needs 8 task slots at once (numWorkers) and the cluster offers 4."
                + " Lower numWorkers, or give Spark more cores.");
  }

  @Test
  void fitsAtTheSameTimeWaitForEachOthersSlots() throws Exception {
    float[] alone = FitRows.weights(FitRows.estimator().fit(FitRows.dataset(spark, 64)));
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      Callable<float[]> fit =
          () ->
              FitRows.weights(FitRows.estimator().setShardSize(4).fit(FitRows.dataset(spark, 64)));
      Callable<float[]> other =
          () -> FitRows.weights(FitRows.estimator().fit(FitRows.dataset(spark, 64)));
      List<Future<float[]>> fits = pool.invokeAll(List.of(fit, other, fit, other));
      assertThat(fits.get(0).get()).containsExactly(fits.get(2).get());
      assertThat(fits.get(1).get()).containsExactly(alone).containsExactly(fits.get(3).get());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void cancelledJobGroupEndsTheFit() throws Exception {
    SparkContext context = spark.sparkContext();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      RnnRegressor endless =
          FitRows.estimator()
              .setEpochs(1_000_000)
              .addListener(
                  new TrainingListener() {
                    @Override
                    public void epochEnded(
                        int epoch, double loss, double validationLoss, double speed) {
                      if (epoch == 3) {
                        context.cancelJobGroup("endless fit");
                      }
                    }
                  });
      Future<?> fit =
          pool.submit(
              () -> {
                context.setJobGroup("endless fit", "a fit to be cancelled", true);
                return endless.fit(FitRows.dataset(spark, 64));
              });
      assertThatThrownBy(fit::get)
          .cause()
          .isInstanceOf(ExchangeException.class)
          .hasMessage("The fit was cancelled.");
    } finally {
      pool.shutdownNow();
    }
    assertThat(context.isStopped()).isFalse();
  }

  @Test
  void interruptedThreadEndsTheFit() throws Exception {
    Thread[] thread = new Thread[1];
    RnnRegressor endless =
        FitRows.estimator()
            .setEpochs(1_000_000)
            .addListener(
                new TrainingListener() {
                  @Override
                  public void epochEnded(
                      int epoch, double loss, double validationLoss, double speed) {
                    if (epoch == 3) {
                      thread[0].interrupt();
                    }
                  }
                });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<?> fit =
          pool.submit(
              () -> {
                thread[0] = Thread.currentThread();
                return endless.fit(FitRows.dataset(spark, 64));
              });
      assertThatThrownBy(fit::get).cause().isInstanceOf(ExchangeException.class);
    } finally {
      pool.shutdownNow();
    }
  }
}
