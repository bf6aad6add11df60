package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkrnn.LocalSpark;
import sparkrnn.data.BatchPlan;
import sparkrnn.data.FeatureColumns;
import sparkrnn.data.LabelCoding;
import sparkrnn.data.PackedDataset;
import sparkrnn.data.PackedExamples;
import sparkrnn.data.SequenceColumns;
import sparkrnn.data.ValidationSplit;
import sparkrnn.data.VirtualPartition;
import sparkrnn.data.WorkerShare;
import sparkrnn.ml.RnnLanguageModel;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.network.RecurrentSpec;

/**
 * Replicas that make several steps before they are averaged do what local SGD says, wherever they
 * are. If this fails, a fit for a slow network learns something else than a plain one, or something
 * else on every cluster.
 */
@ExtendWith(LocalSpark.class)
@Timeout(120)
final class LocalStepsTest {

  /** The last batch of an epoch has a single one: replicas without any make no step. */
  private static final int ROWS = 61;

  private static final int BATCH = 20;
  private static final int SHARD = 7;
  private static final long SEED = 2;

  private final SparkSession spark;

  LocalStepsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Everything that a training step does, by name. */
  private static final Map<String, UnaryOperator<RnnRegressor>> FITS =
      new TreeMap<>(
          Map.of(
              "adam, clipped as a whole, warm-up and cosine",
              fit ->
                  fit.setGlobalClipNorm(0.3)
                      .setLearningRateSchedule("cosine")
                      .setWarmupEpochs(1)
                      .setValidationFraction(0.2),
              "nadam, penalties, limits, an average, a frozen tensor and masks",
              fit ->
                  fit.setOptimizer("nadam")
                      .setEmaMomentum(0.9)
                      .setKernelL1(0.01)
                      .setRecurrentL2(0.02)
                      .setRecurrentMaxNorm(0.8)
                      .setFrozenLayers("lstm_0/bias")
                      .setDropout(0.3)));

  static Stream<String> fits() {
    return FITS.keySet().stream();
  }

  private static RnnRegressor estimator(String fit) {
    return FITS.get(fit)
        .apply(
            FitRows.estimator()
                .setCell("lstm")
                .setBatchSize(BATCH)
                .setShardSize(SHARD)
                .setLocalSteps(2));
  }

  private RnnRegressionModel fit(RnnRegressor regressor) {
    return regressor.fit(FitRows.dataset(spark, ROWS));
  }

  private static void assertSameFit(RnnRegressionModel fitted, RnnRegressionModel expected) {
    String exchange = fitted.summary().exchange();
    assertThat(FitRows.weights(fitted)).as(exchange).containsExactly(FitRows.weights(expected));
    assertThat(fitted.summary().objectiveHistory())
        .as(exchange)
        .containsExactly(expected.summary().objectiveHistory());
    assertThat(fitted.summary().gradientNorms())
        .as(exchange)
        .containsExactly(expected.summary().gradientNorms());
  }

  @ParameterizedTest
  @MethodSource("fits")
  void oneReplicaIsAnOrdinaryFit(String name) {
    RnnRegressionModel expected = fit(estimator(name).setLocalSteps(1).setShardSize(BATCH));
    RnnRegressor alone = estimator(name).setShardSize(BATCH);
    assertSameFit(fit(alone), expected);
    assertSameFit(fit(alone.setExchange("sharded")), expected);
  }

  @ParameterizedTest
  @MethodSource("fits")
  void sameBitsByEveryExchangeAndNumberOfWorkers(String name) {
    RnnRegressionModel expected = fit(estimator(name).setNumWorkers(1));
    assertSameFit(fit(estimator(name).setExchange("sharded").setNumWorkers(2)), expected);
    assertSameFit(fit(estimator(name).setExchange("sharded").setNumWorkers(3)), expected);
    assertSameFit(fit(estimator(name).setExchange("rpc").setNumWorkers(2)), expected);
    assertSameFit(fit(estimator(name).setExchange("job").setNumWorkers(3)), expected);
    RnnRegressionModel ordinary = fit(estimator(name).setLocalSteps(1));
    assertThat(FitRows.weights(ordinary)).isNotEqualTo(FitRows.weights(expected));
    assertThat(FitRows.lastLoss(expected))
        .isCloseTo(FitRows.lastLoss(ordinary), withinPercentage(20));
  }

  /** In mid-epoch: what the replicas have come to since the driver held their average is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"rpc", "sharded"})
  void lostWorkersChangeNoBit(String exchange) {
    String name = fits().iterator().next();
    List<String> notices = new CopyOnWriteArrayList<>();
    RunningTasks tasks = new RunningTasks();
    spark.sparkContext().addSparkListener(tasks);
    RnnRegressor struck =
        estimator(name)
            .setBatchSize(16)
            .setExchange(exchange)
            .setNumWorkers(2)
            .addListener(
                new TrainingListener() {
                  @Override
                  public void stepEnded(int epoch, long step, double loss) {
                    if (epoch == 2 && step == 2) {
                      tasks.killNewest(spark.sparkContext());
                    }
                  }

                  @Override
                  public void notice(String sentence) {
                    notices.add(sentence);
                  }
                });
    RnnRegressionModel fitted;
    try {
      fitted = fit(struck);
    } finally {
      spark.sparkContext().removeSparkListener(tasks);
    }
    assertThat(notices).anyMatch(notice -> notice.startsWith("A worker was lost"));
    assertSameFit(fitted, fit(estimator(name).setBatchSize(16).setNumWorkers(1)));
  }

  /** The tasks that Spark has begun. */
  private static final class RunningTasks extends SparkListener {

    private volatile long newest = -1;

    @Override
    public void onTaskStart(SparkListenerTaskStart begun) {
      newest = begun.taskInfo().taskId();
    }

    /** The newest is one of the workers of the fit that runs. */
    void killNewest(SparkContext context) {
      assertThat(context.killTaskAttempt(newest, true, "as if its executor were lost")).isTrue();
    }
  }

  /** What lanes of a stream carry from batch to batch stays with the replica of their shard. */
  @Test
  void lanesOfAStreamGoOnBetweenAverages() {
    Map<String, float[]> ordinary = weights(stream().setShardSize(6));
    Map<String, float[]> alone = weights(stream().setShardSize(6).setLocalSteps(4));
    assertSameWeights(alone, ordinary);
    Map<String, float[]> three = weights(stream().setLocalSteps(4).setNumWorkers(1));
    assertThat(three.get("dense/bias")).isNotEqualTo(ordinary.get("dense/bias"));
    RnnLanguageModel sharded = stream().setLocalSteps(4).setExchange("sharded").setNumWorkers(2);
    assertSameWeights(weights(sharded), three);
  }

  private static void assertSameWeights(Map<String, float[]> some, Map<String, float[]> others) {
    assertThat(some.keySet()).isEqualTo(others.keySet());
    others.forEach((name, values) -> assertThat(some.get(name)).as(name).containsExactly(values));
  }

  private static RnnLanguageModel stream() {
    return new RnnLanguageModel()
        .setFeaturesCol("text")
        .setUnits(7)
        .setEmbeddingSizes(5)
        .setRecurrentDropout(0.2)
        .setBpttLength(20)
        .setBatchSize(6)
        .setShardSize(2)
        .setEpochs(2);
  }

  private Map<String, float[]> weights(RnnLanguageModel estimator) {
    String text = "The quick brown fox jumps over the lazy dog; it sleeps on. ".repeat(12);
    return estimator
        .fit(
            spark.createDataFrame(
                List.of(RowFactory.create(text)), new StructType().add("text", "string")))
        .weights();
  }

  /** Of plain descent the mean of the steps is the step of the mean. */
  @Test
  void oneStepOfDescentIsAnOrdinaryStep() {
    Dataset<Row> rows = FitRows.dataset(spark, 60);
    RnnRegressor descent =
        FitRows.estimator().setOptimizer("sgd").setBatchSize(60).setShardSize(20);
    float[] expected = FitRows.weights(descent.fit(rows));
    float[] local = FitRows.weights(descent.setLocalSteps(5).fit(rows));
    for (int i = 0; i < expected.length; i++) {
      assertThat(local[i]).as("parameter %d", i).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void divergenceOfAReplicaIsTold() {
    RnnRegressor diverging =
        estimator("adam, clipped as a whole, warm-up and cosine")
            .setOptimizer("sgd")
            .setCell("simpleRnn")
            .setActivation("relu")
            .setGlobalClipNorm(0)
            .setLearningRate(1e20);
    String message =
        catchThrowableOfType(DivergedException.class, () -> fit(diverging)).getMessage();
    assertThat(message).startsWith("training step ").contains("Lower learningRate");
    assertThat(
            catchThrowableOfType(
                    DivergedException.class, () -> fit(diverging.setExchange("sharded")))
                .getMessage())
        .isEqualTo(message);
  }

  /** Four steps of descent with momentum between averages, by two workers. */
  @Test
  void equalsAPlainLoopOverReplicas() {
    RnnRegressor regressor =
        FitRows.estimator()
            .setBatchSize(10)
            .setShardSize(5)
            .setOptimizer("sgd")
            .setMomentum(PlainReplicas.MOMENTUM)
            .setLearningRate(PlainReplicas.LEARNING_RATE)
            .setLocalSteps(4);
    float[] expected;
    try (PackedDataset data = packed(10, 5)) {
      expected = new PlainReplicas(data.plan(), data.shares(1).first()).run(3, 4);
    }
    for (String exchange : List.of("inProcess", "sharded")) {
      RnnRegressionModel model = fit(regressor.setExchange(exchange).setNumWorkers(2));
      assertThat(model.summary().workers()).isEqualTo(2);
      assertThat(FitRows.weights(model)).as(exchange).containsExactly(expected);
    }
  }

  private PackedDataset packed(int batchSize, int shardSize) {
    SequenceColumns columns =
        new SequenceColumns(
            "RnnRegressor",
            new FeatureColumns("featuresCol", List.of("features"), List.of()),
            "label",
            "",
            "",
            "error",
            LabelCoding.numbers());
    return PackedDataset.prepare(
        FitRows.dataset(spark, ROWS),
        columns,
        new ValidationSplit(0, "random", ""),
        batchSize,
        shardSize,
        SEED);
  }

  /** Local SGD as on paper: a loop over batches, in it a loop over replicas. */
  private static final class PlainReplicas {

    static final float MOMENTUM = 0.5f;
    static final float LEARNING_RATE = 0.05f;

    private final BatchPlan plan;
    private final WorkerShare share;
    private final Network network =
        new Network(
            new NetworkSpec(
                1,
                List.of(new RecurrentSpec("simpleRnn", 6, "tanh", "glorot_uniform", "orthogonal")),
                1,
                "mse",
                1));
    private final NetworkWorkspace workspace = network.newWorkspace();
    private final PackedExamples examples = new PackedExamples(1, 1, false);

    PlainReplicas(BatchPlan plan, WorkerShare share) {
      this.plan = plan;
      this.share = share;
    }

    float[] run(int epochs, int localSteps) {
      float[] start = network.initialParameters(SEED, new BreezeQr());
      float[][] p = {start.clone(), start.clone()};
      float[][] q = new float[2][start.length];
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (int batch = 0; batch < plan.batches(); batch++) {
          for (int replica = 0; replica < 2; replica++) {
            step(epoch, batch, replica, p[replica], q[replica]);
          }
          if (batch % localSteps == localSteps - 1 || batch == plan.batches() - 1) {
            average(p);
            average(q);
          }
        }
      }
      return p[0];
    }

    private void step(int epoch, int batch, int replica, float[] p, float[] q) {
      int size = plan.shardSize(batch, replica);
      if (size == 0) {
        return;
      }
      VirtualPartition rows = share.training().get(replica);
      int[] order = new int[rows.size()];
      plan.shuffle(epoch, replica, order);
      examples.pack(rows, order, plan.shardStart(batch, replica), size);
      float[] gradient = new float[p.length];
      network.addGradient(
          workspace,
          examples.sequences(),
          examples.x(),
          examples.targets(),
          examples.weights(),
          1f / size,
          p,
          gradient);
      for (int i = 0; i < p.length; i++) {
        q[i] = MOMENTUM * q[i] - LEARNING_RATE * gradient[i];
        p[i] += q[i];
      }
    }

    private static void average(float[][] replicas) {
      for (int i = 0; i < replicas[0].length; i++) {
        float mean = (replicas[0][i] + replicas[1][i]) / 2;
        replicas[0][i] = mean;
        replicas[1][i] = mean;
      }
    }
  }
}
