package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows are a minute apart, the first 20 quiet ones are the probation. */
final class AnomalyAlarmsTest {

  private static final int ROWS = 100;
  private static final int FROM = 20;

  private final AnomalyAlarms alarms = new AnomalyAlarms(2, 3);

  private static Timestamp at(int minute) {
    return new Timestamp(60_000L * minute);
  }

  private static AnomalyWindows.Window window(int begin, int end) {
    return new AnomalyWindows.Window(at(begin), at(end));
  }

  /** Sizes of 1 and 1.2 in turn, but 9 in these rows. */
  private static AnomalyAlarms.Series series(int... unusual) {
    List<Timestamp> time = new ArrayList<>();
    double[] size = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      time.add(at(row));
      size[row] = row % 4 < 2 ? 1 : 1.2;
    }
    for (int row : unusual) {
      size[row] = 9;
    }
    return new AnomalyAlarms.Series(time, size, 0, FROM);
  }

  @Test
  void quietSeriesRaisesNone() {
    AnomalyAlarms.Outcome outcome = alarms.judge(series(), List.of(window(40, 50)));
    assertThat(outcome).isEqualTo(new AnomalyAlarms.Outcome(0, 1, 0, List.of(false)));
  }

  @Test
  void alarmInAWindowIsAHitAndOneOutsideIsFalse() {
    List<AnomalyWindows.Window> windows = List.of(window(40, 50), window(60, 65));
    assertThat(alarms.judge(series(50), windows))
        .isEqualTo(new AnomalyAlarms.Outcome(1, 2, 0, List.of(true, false)));
    assertThat(alarms.judge(series(55), windows))
        .isEqualTo(new AnomalyAlarms.Outcome(0, 2, 1, List.of(false, false)));
  }

  @Test
  void alarmsOfNeighbouringRowsAreOne() {
    assertThat(alarms.judge(series(70, 71, 73, 90), List.of()).falseAlarms()).isEqualTo(2);
  }

  /** What lies in the probation was not to be found, and its rows raise nothing. */
  @Test
  void windowsThatEndBeforeTheJudgedRowsDoNotCount() {
    List<AnomalyWindows.Window> windows = List.of(window(3, 9), window(15, 30));
    assertThat(alarms.judge(series(28), windows))
        .isEqualTo(new AnomalyAlarms.Outcome(1, 1, 0, List.of(true)));
  }

  /** A wilder probation raises the threshold: the same row is then nothing unusual. */
  @Test
  void thresholdComesFromTheProbation() {
    assertThat(alarms.judge(series(60), List.of()).falseAlarms()).isEqualTo(1);
    assertThat(alarms.judge(series(3, 7, 12, 60), List.of()).falseAlarms()).isZero();
  }
}
