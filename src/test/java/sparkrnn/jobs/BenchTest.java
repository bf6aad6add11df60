package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What our part of jobs/bench measures, on a workload of a moment. */
@ExtendWith(LocalSpark.class)
final class BenchTest {

  private static final int SEQUENCES = 48;

  @Test
  void countsWholeEpochsOfAWarmFit(SparkSession spark) {
    Map<String, Object> values =
        Bench.run(spark, new Bench.Workload("lstm", "tanh", 5, 7, 3, 16, SEQUENCES, 0.1, 0.2));
    int epochs = (int) values.get("epochs");
    double seconds = (double) values.get("seconds");
    double speed = (double) values.get("sequencesPerSecond");
    assertThat(epochs).isGreaterThanOrEqualTo(3);
    assertThat(seconds).isGreaterThan(0);
    assertThat(speed * seconds).isCloseTo(epochs * SEQUENCES, within(1e-6));
    assertThat((double) values.get("loss")).isGreaterThan(0).isFinite();
    assertThat((int) values.get("workers")).isGreaterThan(0);
  }
}
