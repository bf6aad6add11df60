package sparkrnn.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;
import sparkrnn.series.CalendarTimes;
import sparkrnn.series.RealTimes;
import sparkrnn.series.TimeAxis;
import sparkrnn.series.WholeTimes;

/** The time step that data shows. */
@ExtendWith(LocalSpark.class)
final class StepCensusTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final SparkSession spark;

  StepCensusTest(SparkSession spark) {
    this.spark = spark;
  }

  private String step(int rows, TimeAxis axis, IntFunction<Object> time) {
    List<Row> all = new ArrayList<>();
    for (int t = 0; t < rows; t++) {
      all.add(RowFactory.create("a", time.apply(t)));
    }
    JavaRDD<Row> rdd = JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(all, 1);
    return StepCensus.timeStep(rdd, "RnnForecaster", "t", 1, axis);
  }

  private static Timestamp berlin(LocalDateTime local) {
    return Timestamp.from(local.atZone(BERLIN).toInstant());
  }

  @Test
  void hoursThoughSomeAreMissing() {
    LocalDateTime first = LocalDateTime.of(2024, 3, 1, 0, 0);
    CalendarTimes axis = new CalendarTimes(null, BERLIN);
    assertThat(step(200, axis, t -> berlin(first.plusHours(t + t / 9)))).isEqualTo("1 hours");
    assertThat(step(50, axis, t -> berlin(first.plusMinutes(15L * t)))).isEqualTo("15 minutes");
    assertThat(step(50, axis, t -> berlin(first.plusSeconds(90L * t)))).isEqualTo("90 seconds");
    assertThat(step(50, axis, t -> berlin(first.plusNanos(2_500_000L * t))))
        .isEqualTo("2500 microseconds");
  }

  /** Clocks change at the end of March: one day has 23 hours. */
  @Test
  void daysAreThoseOfTheCalendar() {
    LocalDateTime first = LocalDateTime.of(2024, 3, 25, 0, 0);
    CalendarTimes axis = new CalendarTimes(null, BERLIN);
    assertThat(step(12, axis, t -> berlin(first.plusDays(t)))).isEqualTo("1 days");
    assertThat(step(12, axis, t -> Date.valueOf(LocalDate.of(2024, 2, 1).plusWeeks(t))))
        .isEqualTo("7 days");
  }

  @Test
  void monthsDifferInTheirLengths() {
    CalendarTimes axis = new CalendarTimes(null, BERLIN);
    assertThat(step(30, axis, t -> Date.valueOf(LocalDate.of(2023, 1, 31).plusMonths(t))))
        .isEqualTo("1 months");
    assertThat(step(9, axis, t -> Date.valueOf(LocalDate.of(2023, 1, 1).plusMonths(3L * t))))
        .isEqualTo("3 months");
    assertThat(step(9, axis, t -> Date.valueOf(LocalDate.of(2019, 1, 1).plusYears(t))))
        .isEqualTo("12 months");
  }

  @Test
  void numbers() {
    assertThat(step(9, new WholeTimes(0), t -> 5L + 10L * t)).isEqualTo("10");
    assertThat(step(9, new RealTimes(0), t -> 0.1 * t)).isEqualTo("0.1");
  }

  @Test
  void rowsOfTwoSeriesAreNoPair() {
    JavaRDD<Row> rdd =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(
                List.of(
                    RowFactory.create("a", 0L),
                    RowFactory.create("a", 2L),
                    RowFactory.create("b", 9L),
                    RowFactory.create("c", 10L)),
                1);
    assertThat(StepCensus.timeStep(rdd, "RnnForecaster", "t", 1, new WholeTimes(0))).isEqualTo("2");
  }
}
