package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.exchange.ExchangeException;
import sparkrnn.exchange.FailedWorkerException;
import sparkrnn.exchange.PortTakenException;
import sparkrnn.exchange.Round;

/**
 * What a fit says of lost workers. If this fails, the user of a fit that gave up looks for the
 * reason in the wrong place.
 */
@ExtendWith(LocalSpark.class)
final class LostWorkersTest {

  private final SparkException sparksWord =
      new SparkException("Could not recover from a failed barrier ResultStage.\nMore of it.");

  private final SparkSession spark;
  private final Round round = new Round(0);

  LostWorkersTest(SparkSession spark) {
    this.spark = spark;
  }

  private void judge(ExchangeException lost, int losses) {
    LostWorkers.giveUpUnlessLost(lost, losses, round, spark.sparkContext());
  }

  @Test
  void workerThatSaidWhyIsQuoted() {
    ExchangeException lost =
        new FailedWorkerException("Worker 0 can't reach worker 1. Open a port.", sparksWord);
    assertThatCode(() -> judge(lost, 2)).doesNotThrowAnyException();
    assertThat(LostWorkers.reason(lost)).isEqualTo("Worker 0 can't reach worker 1. Open a port");
    assertThatThrownBy(() -> judge(lost, 3))
        .isInstanceOf(ExchangeException.class)
        .hasMessage(
            "Workers were lost 4 times in the same place (step 1 of epoch 1)."
                + " Worker 0 can't reach worker 1. Open a port.")
        .hasCause(lost);
  }

  /** No machine is lost, and no other one could help. */
  @Test
  void takenPortOfTheDriverEndsTheFitAtOnce() {
    ExchangeException taken = new PortTakenException("The driver can't listen. Set a port.", null);
    assertThatThrownBy(() -> judge(taken, 0)).isSameAs(taken);
  }

  @Test
  void placesAreCountedAsTheProgressCountsThem() {
    round.kind = RoundKind.TRAIN.number();
    round.epoch = 7;
    round.batch = 55;
    assertThat(RoundKind.place(round)).isEqualTo("step 56 of epoch 8");
    round.kind = RoundKind.VALIDATION_LOSS.number();
    assertThat(RoundKind.place(round)).isEqualTo("the loss over all validation sequences");
  }

  @Test
  void logsAreNamedWhereTheWorkerSaidNothing() {
    ExchangeException lost = new ExchangeException("A worker of the fit was lost.", sparksWord);
    assertThat(LostWorkers.reason(lost))
        .isEqualTo("Could not recover from a failed barrier ResultStage");
    assertThatThrownBy(() -> judge(lost, 3))
        .isInstanceOf(ExchangeException.class)
        .hasMessage(
            "Workers were lost 4 times in the same place (step 1 of epoch 1); look"
                + " into the logs of the executors for the reason, out of memory being the"
                + " commonest.");
  }
}
