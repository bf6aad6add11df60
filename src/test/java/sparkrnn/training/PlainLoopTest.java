package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.data.ShardBuffer;
import sparkrnn.ml.RnnRegressor;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.network.RecurrentSpec;

/**
 * A distributed fit does what a loop over an array does. If this fails, rows are lost, doubled or
 * weighed wrongly between the data and the step of the optimizer.
 */
@ExtendWith(LocalSpark.class)
final class PlainLoopTest {

  private static final int ROWS = 40;
  private static final int STEPS = 5;
  private static final float LEARNING_RATE = 0.05f;

  private final SparkSession spark;

  PlainLoopTest(SparkSession spark) {
    this.spark = spark;
  }

  private static RnnRegressor gradientDescent() {
    return FitRows.estimator()
        .setBatchSize(ROWS)
        .setShardSize(7)
        .setEpochs(STEPS)
        .setOptimizer("sgd")
        .setLearningRate(LEARNING_RATE);
  }

  /** Full-batch gradient descent over rows in one piece; weights divided by their mean. */
  private static float[] plainLoop(List<Row> rows) {
    NetworkSpec spec =
        new NetworkSpec(
            1,
            List.of(new RecurrentSpec("simpleRnn", 6, "tanh", "glorot_uniform", "orthogonal")),
            1,
            "mse",
            1);
    Network network = new Network(spec);
    NetworkWorkspace workspace = network.newWorkspace();
    ShardBuffer batch = new ShardBuffer(1);
    for (Row row : rows) {
      double[] values = (double[]) row.get(3);
      float[] floats = new float[values.length];
      for (int t = 0; t < floats.length; t++) {
        floats[t] = (float) values[t];
      }
      batch.add(floats, 0, floats.length);
    }
    batch.pack();
    float[] targets = new float[rows.size()];
    float[] weights = new float[rows.size()];
    double weightSum = 0;
    for (int place = 0; place < targets.length; place++) {
      Row row = rows.get(batch.added(place));
      targets[place] = (float) row.getDouble(4);
      weights[place] = (float) row.getDouble(2);
      weightSum += weights[place];
    }
    float[] parameters = network.initialParameters(2, new BreezeQr());
    for (int step = 0; step < STEPS; step++) {
      float[] gradient = new float[parameters.length];
      network.addGradient(
          workspace,
          batch.sequences(),
          batch.x(),
          targets,
          weights,
          (float) (1 / weightSum),
          parameters,
          gradient);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] -= LEARNING_RATE * gradient[i];
      }
    }
    return parameters;
  }

  private static void assertClose(float[] fitted, float[] expected) {
    assertThat(fitted).hasSameSizeAs(expected);
    for (int i = 0; i < fitted.length; i++) {
      assertThat(fitted[i]).as("parameter %d", i).isCloseTo(expected[i], within(2e-6f));
    }
  }

  @Test
  void fitEqualsALoopOverTheRows() {
    List<Row> rows = FitRows.rows(ROWS);
    float[] fitted =
        FitRows.weights(gradientDescent().fit(FitRows.dataset(spark, rows).repartition(3)));
    assertClose(fitted, plainLoop(rows));
    assertThat(fitted).isNotEqualTo(FitRows.weights(untrained(rows)));
  }

  private sparkrnn.ml.RnnRegressionModel untrained(List<Row> rows) {
    return gradientDescent().setEpochs(0).fit(FitRows.dataset(spark, rows));
  }

  @Test
  void weightsOfRowsWeighTheirLosses() {
    List<Row> rows =
        FitRows.rows(ROWS).stream()
            .map(
                row ->
                    RowFactory.create(
                        row.get(0), row.get(1), row.getLong(0) % 4 * 0.7, row.get(3), row.get(4)))
            .toList();
    float[] fitted =
        FitRows.weights(gradientDescent().setWeightCol("weight").fit(FitRows.dataset(spark, rows)));
    assertClose(fitted, plainLoop(rows));
    assertThat(Arrays.equals(fitted, plainLoop(FitRows.rows(ROWS)))).isFalse();
  }

  @Test
  void scaleOfTheWeightsDoesNotMatter() {
    List<Row> rows = FitRows.rows(ROWS);
    List<Row> heavy =
        rows.stream()
            .map(row -> RowFactory.create(row.get(0), row.get(1), 1024.0, row.get(3), row.get(4)))
            .toList();
    // Not to the bit: the weight belongs to the content that the order of the rows is made of.
    assertClose(
        FitRows.weights(
            gradientDescent().setWeightCol("weight").fit(FitRows.dataset(spark, heavy))),
        FitRows.weights(gradientDescent().fit(FitRows.dataset(spark, rows))));
  }
}
