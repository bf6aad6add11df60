package sparkrnn.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.forecast.CalendarFeature.DAY_OF_WEEK;
import static sparkrnn.forecast.CalendarFeature.HOUR_OF_DAY;
import static sparkrnn.forecast.CalendarFeature.MINUTE_OF_HOUR;
import static sparkrnn.forecast.CalendarFeature.MONTH_OF_YEAR;
import static sparkrnn.forecast.CalendarFeature.WEEK_OF_YEAR;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkrnn.series.TimeStep;

/** What a time step suggests, and where times stand in the cycles of the calendar. */
final class FrequencyTest {

  private static Frequency of(String step) {
    return new Frequency(TimeStep.parse(step).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "15 minutes, 96",
    "1 hour, 24",
    "6 hours, 4",
    "7 hours, 1",
    "1 day, 7",
    "7 days, 52",
    "3 days, 1",
    "1 month, 12",
    "3 months, 4",
    "12 months, 1",
    "5 months, 1",
    "1, 1"
  })
  void seasonIsThatOfTheStep(String step, int season) {
    assertThat(of(step).seasonLength()).isEqualTo(season);
  }

  @Test
  void lagsAreTheSeasonAndOfHoursTheWeek() {
    assertThat(of("1 hour").lags()).containsExactly(24, 168);
    assertThat(of("1 day").lags()).containsExactly(7);
    assertThat(of("1 month").lags()).containsExactly(12);
    assertThat(of("1").lags()).isEmpty();
  }

  @Test
  void calendarHasTheCyclesThatTheStepMovesAlong() {
    assertThat(of("5 minutes").calendar())
        .containsExactly(MINUTE_OF_HOUR, HOUR_OF_DAY, DAY_OF_WEEK);
    assertThat(of("1 hour").calendar()).containsExactly(HOUR_OF_DAY, DAY_OF_WEEK);
    assertThat(of("1 day").calendar()).containsExactly(DAY_OF_WEEK, MONTH_OF_YEAR);
    assertThat(of("7 days").calendar()).containsExactly(WEEK_OF_YEAR);
    assertThat(of("1 month").calendar()).containsExactly(MONTH_OF_YEAR);
    assertThat(of("2.5").calendar()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "minuteOfHour, 0.5",
    "hourOfDay, 0.75",
    "dayOfWeek, 0.42857142857142855",
    "dayOfMonth, 0.9655172413793104",
    "weekOfYear, 0.1509433962264151",
    "monthOfYear, 0.08333333333333333"
  })
  void phasesOfAThursdayEvening(String name, double phase) {
    // Thursday, in the ninth week of a leap year.
    LocalDateTime time = LocalDateTime.of(2024, 2, 29, 18, 30);
    assertThat(CalendarFeature.named(name).phase(time)).isCloseTo(phase, within(1e-12));
    float[] written = new float[3];
    CalendarFeature.named(name).write(time, written, 1);
    double angle = 2 * Math.PI * CalendarFeature.named(name).phase(time);
    assertThat(written[0]).isZero();
    assertThat(written[1]).isCloseTo((float) Math.sin(angle), within(1e-6f));
    assertThat(written[2]).isCloseTo((float) Math.cos(angle), within(1e-6f));
  }
}
