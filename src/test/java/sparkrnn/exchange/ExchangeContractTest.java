package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/** What every exchange must do; if one fails, fits with it hang, or differ from the others. */
@ExtendWith(LocalSpark.class)
@Timeout(120)
abstract class ExchangeContractTest {

  private static final int PARAMETERS = 5;
  private static final int STATES = 3;

  /** The exchange under test. */
  abstract Exchange open(JavaRDD<Integer> shares, WorkerProgram<Integer> program);

  /** A worker that answers with a known function of round and share, or fails when told to. */
  private record Multiplier(int failingKind) implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public RoundWorker start(Integer share) {
      return (round, contribution) -> {
        if (round.kind == failingKind) {
          throw new IllegalStateException("told to fail");
        }
        for (int i = 0; i < contribution.losses.length; i++) {
          contribution.losses[i] = share + round.scale + 10 * round.epoch + 100 * round.batch + i;
        }
        for (int s = 0; s < contribution.sums.length; s++) {
          for (int i = 0; i < PARAMETERS; i++) {
            contribution.sums[s][i] = (share + s) * round.parameters[i];
          }
        }
        for (int i = 0; i < contribution.states.length; i++) {
          contribution.states[i] = share - 2 * round.states[i];
        }
        contribution.hasSums = round.kind == 0;
      };
    }

    @Override
    public ContributionShape shape(int worker) {
      return new ContributionShape(worker + 1, 2 - worker % 2, PARAMETERS, worker, 0);
    }

    @Override
    public int parameterCount() {
      return PARAMETERS;
    }

    @Override
    public int stateCount() {
      return STATES;
    }
  }

  private static JavaRDD<Integer> shares(SparkSession spark, int workers) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers);
  }

  @Test
  void roundsReachEveryWorkerAndAnswersComeBackInOrder(SparkSession spark) {
    try (Exchange exchange = open(shares(spark, 3), new Multiplier(-1))) {
      Round round = new Round(PARAMETERS, STATES);
      for (int step = 0; step < 50; step++) {
        round.kind = step % 2;
        round.epoch = step;
        round.batch = 2 * step;
        round.scale = 0.5f;
        for (int i = 0; i < PARAMETERS; i++) {
          round.parameters[i] = step + i * 0.1f;
        }
        Arrays.fill(round.states, 0.25f * step);
        check(exchange.round(round), round);
      }
    }
  }

  private static void check(List<Contribution> answers, Round round) {
    assertThat(answers).hasSize(3);
    for (int worker = 0; worker < 3; worker++) {
      Contribution answer = answers.get(worker);
      assertThat(answer.losses).hasSize(worker + 1);
      assertThat(answer.losses[worker])
          .isEqualTo(worker + 0.5 + 10 * round.epoch + 100 * round.batch + worker);
      assertThat(answer.states).hasSize(worker);
      for (float state : answer.states) {
        assertThat(state).isEqualTo(worker - 2 * round.states[0]);
      }
      assertThat(answer.hasSums).isEqualTo(round.kind == 0);
      if (answer.hasSums) {
        for (int s = 0; s < answer.sums.length; s++) {
          assertThat(answer.sums[s][4]).isEqualTo((worker + s) * round.parameters[4]);
        }
      }
    }
  }

  @Test
  void failingWorkerEndsTheRoundWithItsReason(SparkSession spark) {
    try (Exchange exchange = open(shares(spark, 2), new Multiplier(3))) {
      Round round = new Round(PARAMETERS, STATES);
      exchange.round(round);
      round.kind = 3;
      assertThatThrownBy(() -> exchange.round(round))
          .isInstanceOf(ExchangeException.class)
          .hasStackTraceContaining("told to fail");
    }
  }

  @Test
  void nothingIsLeftAfterClose(SparkSession spark) throws Exception {
    Exchange exchange = open(shares(spark, 2), new Multiplier(-1));
    exchange.round(new Round(PARAMETERS, STATES));
    exchange.close();
    exchange.close();
    spark.sparkContext().listenerBus().waitUntilEmpty();
    assertThat(spark.sparkContext().statusTracker().getActiveJobIds()).isEmpty();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("rnn-")) {
        thread.join(20_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
