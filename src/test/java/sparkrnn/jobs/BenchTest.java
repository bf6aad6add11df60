package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.linalg.Blas;

/** What our part of jobs/bench measures, on workloads of a moment. */
@ExtendWith(LocalSpark.class)
final class BenchTest {

  private static final int SEQUENCES = 48;

  /** As bench.py writes it. */
  private static BenchWorkload workload(String mode, String cell, String units, int minTimeSteps)
      throws Exception {
    return Bench.parse(
        String.format(
            Locale.ROOT,
            """
            {"mode": "%s", "cell": "%s", "activation": "tanh", "units": %s, "minTimeSteps": %d,
             "maxTimeSteps": 7, "features": 3, "batchSize": 16, "sequences": %d,
             "warmUpSeconds": 0.1, "measuredSeconds": 0.2}
            """,
            mode,
            cell,
            units,
            minTimeSteps,
            SEQUENCES));
  }

  private static void assertCounts(Map<String, Object> values, String counted) {
    int passes = (int) values.get(counted);
    double seconds = (double) values.get("seconds");
    double speed = (double) values.get("sequencesPerSecond");
    assertThat(passes).isGreaterThanOrEqualTo(3);
    assertThat(seconds).isGreaterThan(0);
    assertThat(speed * seconds).isCloseTo(passes * SEQUENCES, within(1e-6));
    assertThat(values.get("blas")).isEqualTo(Blas.name());
    assertThat((String) values.get("version")).startsWith("Spark ");
  }

  @Test
  void countsWholeEpochsOfAWarmFit(SparkSession spark) throws Exception {
    Map<String, Object> values = Bench.run(spark, workload("train", "lstm", "[5]", 7));
    assertCounts(values, "epochs");
    assertThat((double) values.get("loss")).isGreaterThan(0).isFinite();
    assertThat((int) values.get("workers")).isGreaterThan(0);
  }

  @Test
  void trainsLayersOnSequencesOfManyLengths(SparkSession spark) throws Exception {
    Map<String, Object> values = Bench.run(spark, workload("train", "gru", "[5, 4]", 2));
    assertCounts(values, "epochs");
    assertThat((double) values.get("loss")).isGreaterThan(0).isFinite();
  }

  @Test
  void countsWholePassesOfAWarmTransform(SparkSession spark) throws Exception {
    Map<String, Object> values = Bench.run(spark, workload("predict", "simpleRnn", "[5, 4]", 7));
    assertCounts(values, "passes");
    assertThat((double) values.get("seconds")).isGreaterThanOrEqualTo(0.2);
  }

  @Test
  void lengthsAreSpreadByTheirLogarithm(SparkSession spark) throws Exception {
    Dataset<Row> lengths =
        workload("train", "lstm", "[5]", 2)
            .data(spark)
            .select(functions.size(functions.col("features")).as("length"));
    Row spread =
        lengths
            .agg(functions.min("length"), functions.max("length"), functions.avg("length"))
            .head();
    assertThat(spread.getInt(0)).isEqualTo(2);
    assertThat(spread.getInt(1)).isEqualTo(7);
    assertThat(spread.getDouble(2)).isCloseTo((7 - 2) / Math.log(3.5), within(0.1));
  }

  @Test
  void unknownFieldOfAWorkloadIsRefused() {
    assertThatThrownBy(() -> Bench.parse("{\"mode\": \"train\", \"hidden\": 5}"))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("hidden");
  }

  @Test
  void peakIsMeasuredWithOneThreadAndWithAll() throws Exception {
    Map<String, Object> values = SgemmPeak.measure(2, 0.01, 8, 128);
    assertThat((double) values.get("flopsPerSecond")).isGreaterThan(1e7).isLessThan(1e13);
    assertThat((double) values.get("flopsPerSecondOfOneThread"))
        .isGreaterThan(1e7)
        .isLessThan(1e13);
    assertThat((int) values.get("threads")).isEqualTo(2);
    assertThat(values.get("blas")).isEqualTo(Blas.name());
  }
}
