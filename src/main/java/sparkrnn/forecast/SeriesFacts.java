package sparkrnn.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * What is counted of one series before a fit. Counts of several are added in the order of their
 * keys, so that no partitioning changes a bit.
 */
public final class SeriesFacts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More values than any category has; a column with more holds something else. */
  private static final int MOST_CATEGORIES = 1000;

  private final String key;
  private final Moments[] targets;
  private final Moments[] future;
  private final double[] staticNumbers;
  private final String[] staticTexts;
  private final EnumMap<WindowOrigins.Use, Long> windows = new EnumMap<>(WindowOrigins.Use.class);

  private SeriesFacts(Series series, ForecastPlan plan) {
    SeriesColumns columns = plan.series().columns();
    key = Arrays.toString(series.key());
    targets = new Moments[columns.targets().size()];
    future = new Moments[columns.future().size()];
    staticNumbers = new double[columns.staticNumbers().size()];
    staticTexts = new String[columns.staticTexts().size()];
    Arrays.fill(targets, Moments.NONE);
    Arrays.fill(future, Moments.NONE);
    for (int row = 0; row < series.observed(); row++) {
      if (!series.validation(row)) {
        add(series, row);
      }
    }
    for (WindowOrigins.Window window : WindowOrigins.of(series, plan)) {
      windows.merge(window.use(), 1L, Long::sum);
    }
    for (int i = 0; i < staticNumbers.length; i++) {
      staticNumbers[i] = series.staticNumber(i);
    }
    for (int i = 0; i < staticTexts.length; i++) {
      staticTexts[i] = series.staticText(i);
    }
  }

  private void add(Series series, int row) {
    for (int i = 0; i < targets.length; i++) {
      targets[i] = targets[i].plus(series.target(row, i));
    }
    for (int i = 0; i < future.length; i++) {
      future[i] = future[i].plus(series.future(row, i));
    }
  }

  /**
   * Reads and checks all series: one Spark job.
   *
   * @param sorted as {@link SeriesColumns#sorted} gives them
   * @param validated whether some windows are to validate
   * @throws IllegalArgumentException if a series can't be used, a text has too many values, or no
   *     window is left to train on or to validate
   */
  public static LearntSeries learn(JavaRDD<Row> sorted, ForecastPlan plan, boolean validated) {
    List<SeriesFacts> facts =
        new ArrayList<>(
            sorted
                .mapPartitions(
                    rows -> {
                      List<SeriesFacts> found = new ArrayList<>();
                      new SeriesReader(rows, plan.series())
                          .forEachRemaining(series -> found.add(checked(series, plan)));
                      return found.iterator();
                    })
                .collect());
    requireWindows(facts, plan, validated);
    facts.sort(Comparator.comparing(each -> each.key));
    SeriesColumns columns = plan.series().columns();
    List<Moments> targets = new ArrayList<>();
    List<Moments> future = new ArrayList<>();
    List<Moments> numbers = new ArrayList<>();
    List<List<String>> categories = new ArrayList<>();
    for (int i = 0; i < columns.targets().size(); i++) {
      int place = i;
      targets.add(sum(facts, each -> each.targets[place]));
    }
    for (int i = 0; i < columns.future().size(); i++) {
      int place = i;
      future.add(sum(facts, each -> each.future[place]));
    }
    for (int i = 0; i < columns.staticNumbers().size(); i++) {
      int place = i;
      numbers.add(sum(facts, each -> Moments.NONE.plus(each.staticNumbers[place])));
    }
    for (int i = 0; i < columns.staticTexts().size(); i++) {
      categories.add(categories(facts, i, plan));
    }
    return new LearntSeries(targets, future, numbers, categories);
  }

  private static long count(List<SeriesFacts> facts, WindowOrigins.Use use) {
    return facts.stream().mapToLong(each -> each.windows.getOrDefault(use, 0L)).sum();
  }

  private static void requireWindows(
      List<SeriesFacts> facts, ForecastPlan plan, boolean validated) {
    long training = count(facts, WindowOrigins.Use.TRAINING);
    long validation = count(facts, WindowOrigins.Use.VALIDATION);
    if (training == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: no window is left to train on (%d series; %d windows skipped as not whole, %d held"
                  + " out for validation); one needs %d rows up to its origin and %d (horizon) after"
                  + " it. Give more rows, or lower contextLength or horizon.",
              plan.series().stage(),
              facts.size(),
              count(facts, WindowOrigins.Use.SKIPPED),
              validation,
              plan.history(),
              plan.horizon()));
    }
    if (validated && validation == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: no window validates; one needs all its %d targets (horizon) in rows that are held"
                  + " out. Hold out more rows, by validationFraction or validationIndicatorCol.",
              plan.series().stage(),
              plan.horizon()));
    }
  }

  private static Moments sum(
      List<SeriesFacts> facts, java.util.function.Function<SeriesFacts, Moments> of) {
    return facts.stream().map(of).reduce(Moments.NONE, Moments::plus);
  }

  private static List<String> categories(List<SeriesFacts> facts, int i, ForecastPlan plan) {
    TreeSet<String> values = new TreeSet<>();
    for (SeriesFacts each : facts) {
      if (each.staticTexts[i] != null) {
        values.add(each.staticTexts[i]);
      }
    }
    if (values.size() > MOST_CATEGORIES) {
      SeriesColumns columns = plan.series().columns();
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has %d values; a text may have at most %d. Group the rare ones, or leave the"
                  + " column out of staticCovariateCols.",
              plan.series().stage(),
              columns.shown(columns.firstStaticText() + i),
              values.size(),
              MOST_CATEGORIES));
    }
    return List.copyOf(values);
  }

  private static SeriesFacts checked(Series series, ForecastPlan plan) {
    if (plan.series().strict() && series.observed() < plan.span()) {
      throw tooShort(series, plan, series.observed(), plan.span(), "contextLength or horizon");
    }
    if (plan.distribution().ofCounts()) {
      requireCounts(series, plan);
    }
    return new SeriesFacts(series, plan);
  }

  /** Says of a series that it has fewer rows than are needed. */
  public static IllegalArgumentException tooShort(
      Series series, ForecastPlan plan, int found, int needed, String lower) {
    int lag = plan.lags().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: %s has %d %s with targets; contextLength %d%s%s need %d. Lower %s, give more rows,"
                + " or set handleInvalid to \"skip\".",
            plan.series().stage(),
            plan.series().describe(series.key()),
            found,
            found == 1 ? "row" : "rows",
            plan.contextLength(),
            lag > 0 ? " and lags of up to " + lag : "",
            needed > plan.history() ? " and horizon " + plan.horizon() : "",
            needed,
            lower));
  }

  private static void requireCounts(Series series, ForecastPlan plan) {
    for (int row = 0; row < series.observed(); row++) {
      for (int i = 0; i < plan.targets(); i++) {
        double y = series.target(row, i);
        if (y < 0 || y != Math.rint(y)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s: column \"%s\" (targetCols) is %s in %s; counts are whole numbers of at least"
                      + " 0. Set distribution to \"gaussian\", \"studentT\" or \"quantile\", or"
                      + " mend the row.",
                  plan.series().stage(),
                  plan.series().columns().targets().get(i),
                  y,
                  plan.series().describe(series.key(), series.time(row))));
        }
      }
    }
  }
}
