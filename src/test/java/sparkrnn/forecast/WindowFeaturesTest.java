package sparkrnn.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import sparkrnn.series.WholeTimes;

/** The numbers of a window, by hand. */
final class WindowFeaturesTest {

  private static final SeriesColumns COLUMNS =
      new SeriesColumns(
          List.of(),
          "t",
          List.of("y"),
          List.of("p"),
          List.of("f"),
          List.of("size"),
          List.of("kind"),
          "");

  private static final LearntSeries LEARNT =
      new LearntSeries(
          List.of(new Moments(4, 0, 4)),
          List.of(new Moments(4, 10, 16)),
          List.of(new Moments(2, 5, 0)),
          List.of(List.of("x", "y", "z")));

  private static ForecastPlan plan(
      String scaling, String level, double seasonalWeight, Distribution distribution) {
    SeriesPlan series = new SeriesPlan("S", COLUMNS, new WholeTimes(1), "1", true, 0);
    return new ForecastPlan(
        series,
        3,
        4,
        1,
        List.of(2),
        scaling,
        level,
        seasonalWeight,
        3,
        List.of(),
        distribution,
        List.of(0.1, 0.5, 0.9),
        LEARNT);
  }

  /** y = 0, 1, 4, 9, ... up to t = 9, p = -t, f = 10 + t up to t = 13. */
  private static Series series(ForecastPlan plan) {
    List<Row> rows = new ArrayList<>();
    for (long t = 0; t < 14; t++) {
      Double y = t < 10 ? (double) (t * t) : null;
      rows.add(RowFactory.create(t, y, t < 10 ? -1.0 * t : null, 10.0 + t, 7.0, "y"));
    }
    return new SeriesReader(rows.iterator(), plan.series()).next();
  }

  @Test
  void sequenceHasTargetLagPastFutureLeadsAndStatics() {
    ForecastPlan plan = plan("none", "last", 0, Distribution.POINT);
    assertThat(plan.leads()).containsExactly(4, 1);
    assertThat(plan.history()).isEqualTo(5);
    WindowScale scale = new WindowScale(plan);
    WindowFeatures features = new WindowFeatures(plan, scale);
    assertThat(features.width()).isEqualTo(1 + 1 + 1 + 3 + 1 + 3);
    scale.take(series(plan), 6);
    float[] sequence = features.sequence(series(plan), 6);
    // t = 4, 5, 6; f is (10 + t - 10) / 2, its leads 4 and 1 beside it; size (7 - 5) / 1.
    assertThat(sequence)
        .containsExactly(
            16, 4, -4, 2, 4, 2.5f, 2, 0, 1, 0, //
            25, 9, -5, 2.5f, 4.5f, 3, 2, 0, 1, 0, //
            36, 16, -6, 3, 5, 3.5f, 2, 0, 1, 0);
  }

  @Test
  void windowIsCountedFromItsLevelInItsSpread() {
    for (String level : List.of("last", "mean")) {
      ForecastPlan plan = plan("window", level, 0, Distribution.POINT);
      WindowScale scale = new WindowScale(plan);
      scale.take(series(plan), 5);
      // The context is 9, 16, 25; the series before it 0, 1, 4, ..., 25.
      double mean = 50 / 3.0;
      double window = Math.sqrt((81 + 256 + 625) / 3.0 - mean * mean);
      double all = Math.sqrt((1 + 16 + 81 + 256 + 625) / 6.0 - Math.pow(55 / 6.0, 2));
      double from = level.equals("last") ? 25 : mean;
      double spread = window + 0.05 * all;
      assertThat(scale.input(3, 0)).isCloseTo((9 - from) / spread, within(1e-12));
      assertThat(scale.scaleOf(0)).isCloseTo(spread, within(1e-12));
      assertThat(scale.baseline(0, 2)).isCloseTo(from, within(1e-12));
    }
  }

  @Test
  void labelIsCountedFromTheSeasonBeforeByItsWeight() {
    ForecastPlan plan = plan("series", "last", 0.25, Distribution.POINT);
    WindowScale scale = new WindowScale(plan);
    WindowFeatures features = new WindowFeatures(plan, scale);
    Series series = series(plan);
    scale.take(series, 5);
    double level = 55 / 6.0;
    double spread = Math.sqrt((1 + 16 + 81 + 256 + 625) / 6.0 - level * level);
    float[] label = features.label(series, 5);
    double[] season = {9, 16, 25, 9};
    for (int step = 1; step <= 4; step++) {
      double baseline = 0.25 * season[step - 1] + 0.75 * level;
      double y = (5 + step) * (5 + step);
      assertThat(label[step - 1]).isCloseTo((float) ((y - baseline) / spread), within(1e-5f));
    }
  }

  @Test
  void countsStayAndTheirMeanIsTheOffset() {
    ForecastPlan plan = plan("window", "last", 0, Distribution.NEGATIVE_BINOMIAL);
    WindowScale scale = new WindowScale(plan);
    WindowFeatures features = new WindowFeatures(plan, scale);
    Series series = series(plan);
    scale.take(series, 5);
    float offset = (float) Math.log(50 / 3.0);
    assertThat(features.label(series, 5))
        .containsExactly(36, offset, 49, offset, 64, offset, 81, offset);
    float[] sequence = features.sequence(series, 5);
    assertThat(sequence[0]).isCloseTo((float) (9 / (50 / 3.0)), within(1e-6f));
    assertThat(sequence[features.width() - 1]).isEqualTo(offset);
    assertThat(plan.outputs()).isEqualTo(4 * 2);
  }

  @Test
  void originsMayComeInAnyOrder() {
    ForecastPlan plan = plan("series", "last", 0, Distribution.POINT);
    Series series = series(plan);
    WindowScale forward = new WindowScale(plan);
    WindowScale back = new WindowScale(plan);
    back.take(series, 8);
    for (int origin = 5; origin < 9; origin++) {
      forward.take(series, origin);
    }
    back.take(series, 5);
    forward.take(series, 5);
    assertThat(back.scaleOf(0)).isEqualTo(forward.scaleOf(0));
    back.take(series, 6);
    assertThat(back.scaleOf(0)).isNotEqualTo(forward.scaleOf(0));
  }

  @Test
  void constantSeriesHasScaleOne() {
    ForecastPlan plan = plan("window", "mean", 0, Distribution.POINT);
    List<Row> rows = new ArrayList<>();
    for (long t = 0; t < 9; t++) {
      rows.add(RowFactory.create(t, 4.0, 1.0, 1.0, 7.0, "y"));
    }
    WindowScale scale = new WindowScale(plan);
    scale.take(new SeriesReader(rows.iterator(), plan.series()).next(), 4);
    assertThat(scale.scaleOf(0)).isEqualTo(1);
    assertThat(scale.input(4, 0)).isZero();
  }
}
