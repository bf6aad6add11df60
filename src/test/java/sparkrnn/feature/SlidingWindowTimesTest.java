package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.feature.SeriesRows.show;
import static sparkrnn.feature.SeriesRows.window;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.LocalSpark;

/** Time columns of all types: their gaps, and the times of rows that are put in. */
@ExtendWith(LocalSpark.class)
final class SlidingWindowTimesTest {

  private static final String ZONE = "spark.sql.session.timeZone";
  private static final String JAVA_TIME = "spark.sql.datetime.java8API.enabled";

  private final SparkSession spark;

  SlidingWindowTimesTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void restoreSession() {
    spark.conf().set(ZONE, "UTC");
    spark.conf().set(JAVA_TIME, "false");
  }

  /** Values 0, 1, ... at times of a type, given as text. */
  private Dataset<Row> at(String type, String... times) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      rows.add("(cast('" + times[i] + "' AS " + type + "), " + i + "D)");
    }
    return spark.sql("SELECT * FROM VALUES " + String.join(", ", rows) + " AS rows(t, v)");
  }

  /** The times, as text, of all rows of a series after gaps are interpolated. */
  private List<String> regularTimes(String timeStep, Dataset<Row> data) {
    return window(1)
        .setTarget("none")
        .setTimeStep(timeStep)
        .setGapPolicy("interpolate")
        .transform(data)
        .selectExpr("cast(windowStart AS string)", "windowStart")
        .orderBy("windowStart")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "tinyint, 3, 1, 7, 4",
    "smallint, 3, 1, 7, 4",
    "int, 3, 1, 7, 4",
    "bigint, 3, 9007199254740993, 9007199254740999, 9007199254740996",
    "float, 0.25, 1.0, 1.5, 1.25",
    "double, 0.1, 0.1, 0.3, 0.2",
    "date, 1 day, 2024-02-28, 2024-03-01, 2024-02-29",
    "date, 2 weeks, 2024-01-01, 2024-01-29, 2024-01-15",
    "date, 1 month, 2024-01-31, 2024-03-31, 2024-02-29",
    "date, 1 year, 2023-06-01, 2025-06-01, 2024-06-01",
    "timestamp, 1 hour, 2024-01-01 23:30:00, 2024-01-02 01:30:00, 2024-01-02 00:30:00",
    "timestamp, 90 seconds, 2024-01-01 00:00:00.5, 2024-01-01 00:03:00.5, 2024-01-01 00:01:30.5",
    "timestamp, 1 month, 2024-01-15 12:00:00, 2024-03-15 12:00:00, 2024-02-15 12:00:00",
    "timestamp_ntz, 15 minutes, 2024-01-01 00:00:00, 2024-01-01 00:30:00, 2024-01-01 00:15:00",
    "timestamp_ntz, 1 day, 2024-01-01 00:00:00, 2024-01-03 00:00:00, 2024-01-02 00:00:00",
  })
  void missingRowIsFoundAndPutInAtItsTime(
      String type, String timeStep, String first, String last, String missing) {
    for (String javaTime : List.of("false", "true")) {
      spark.conf().set(JAVA_TIME, javaTime);
      Dataset<Row> data = at(type, first, last);
      assertThat(regularTimes(timeStep, data)).containsExactly(first, missing, last);
      DataType start =
          window(1)
              .setTimeStep(timeStep)
              .transformSchema(data.schema())
              .apply("windowStart")
              .dataType();
      assertThat(start).isEqualTo(data.schema().apply("t").dataType());
      assertThat(
              window(1)
                  .setTarget("none")
                  .setTimeStep(timeStep)
                  .setGapPolicy("split")
                  .transform(at(type, first, missing, last))
                  .count())
          .isEqualTo(3);
    }
  }

  @Test
  void lastDaysOfMonthsAreAMonthApart() {
    Dataset<Row> ends = at("date", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31");
    assertThat(window(3).setTimeStep("1 month").transform(ends).count()).isEqualTo(1);
  }

  @Test
  void quartersAreThreeMonths() {
    Dataset<Row> quarters = at("date", "2023-10-01", "2024-01-01", "2024-04-01", "2024-10-01");
    assertThat(regularTimes("3 months", quarters))
        .containsExactly("2023-10-01", "2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01");
  }

  @Test
  void localMidnightsAreADayApartWhenClocksChange() {
    spark.conf().set(ZONE, "Europe/Berlin");
    Dataset<Row> days =
        at("timestamp", "2024-03-30 00:00:00", "2024-03-31 00:00:00", "2024-04-02 00:00:00");
    assertThat(regularTimes("1 day", days))
        .containsExactly(
            "2024-03-30 00:00:00",
            "2024-03-31 00:00:00",
            "2024-04-01 00:00:00",
            "2024-04-02 00:00:00");
    assertThat(
            show(
                window(1)
                    .setTimeStep("24 hours")
                    .setGapPolicy("split")
                    .transform(days.filter("v < 2"))))
        .hasSize(1);
  }

  @Test
  void hoursAreCountedThroughAChangeOfClocks() {
    spark.conf().set(ZONE, "Europe/Berlin");
    Dataset<Row> hours = at("timestamp", "2024-03-31 01:00:00", "2024-03-31 04:00:00");
    assertThat(regularTimes("1 hour", hours))
        .containsExactly("2024-03-31 01:00:00", "2024-03-31 03:00:00", "2024-03-31 04:00:00");
  }

  @Test
  void midnightThatAChangeOfClocksSkipsIsADayFromBothSides() {
    spark.conf().set(ZONE, "America/Sao_Paulo");
    Dataset<Row> days =
        at("timestamp", "2018-11-03 00:00:00", "2018-11-04 01:00:00", "2018-11-05 00:00:00");
    assertThat(window(2).setTimeStep("1 day").transform(days).count()).isEqualTo(1);
  }

  @Test
  void interpolationGoesByTheLengthOfMonths() {
    Dataset<Row> months = at("date", "2023-01-01", "2023-03-01");
    double february =
        window(3)
            .setTarget("none")
            .setTimeStep("1 month")
            .setGapPolicy("interpolate")
            .transform(months)
            .selectExpr("features[1]")
            .first()
            .getDouble(0);
    assertThat(february).isEqualTo(31 / 59.0);
  }

  @Test
  void roundingOfFloatingPointTimesIsNoGap() {
    List<String> times = new ArrayList<>();
    double time = 0;
    for (int i = 0; i < 100; i++) {
      times.add(String.valueOf(time));
      time += 0.1;
    }
    Dataset<Row> data = at("double", times.toArray(String[]::new));
    assertThat(window(99).setTimeStep("0.1").transform(data).count()).isEqualTo(1);
    assertThat(data.schema().apply("t").dataType()).isEqualTo(DataTypes.DoubleType);
  }
}
