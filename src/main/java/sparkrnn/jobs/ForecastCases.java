package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import sparkrnn.ml.RnnForecastModel;
import sparkrnn.page.Chart;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageTable;

/** Forecasts from a few origins of the test, beside what came. */
final class ForecastCases {

  private static final int ORIGINS = 4;

  /** More series than this are not looked at: the chosen ones are the first by their keys. */
  private static final int MOST_SERIES = 200;

  /** Rows before the origin that are drawn, in horizons. */
  private static final int PAST = 2;

  private final RnnForecastModel model;
  private final Dataset<Row> rows;
  private final long first;
  private final long last;
  private final String target;

  /** One series from one origin: what came before, what was forecast, what came. */
  private record Case(
      String series, Object origin, double[] past, double[] truth, double[][] forecast) {

    double error() {
      double sum = 0;
      for (int i = 0; i < truth.length; i++) {
        sum += Math.abs(truth[i] - forecast[0][i]);
      }
      return sum / truth.length;
    }
  }

  ForecastCases(RnnForecastModel model, Examples examples) {
    this.model = model;
    Row ends =
        examples
            .part(Examples.TEST)
            .agg(functions.min(Preparation.ROW), functions.max(Preparation.ROW))
            .head();
    first = ends.getLong(0);
    last = ends.getLong(1);
    target = model.getTargetCols()[0];
    rows = ofSomeSeries(SeriesParts.withHistory(examples, Examples.TEST, model.historyLength()));
  }

  private Dataset<Row> ofSomeSeries(Dataset<Row> all) {
    String[] keys = model.getKeyCols();
    if (keys.length == 0) {
      return all;
    }
    Column[] columns = Arrays.stream(keys).map(Examples::quoted).toArray(Column[]::new);
    Dataset<Row> some = all.select(columns).distinct().orderBy(columns).limit(MOST_SERIES);
    return all.join(functions.broadcast(some), keys, "left_semi");
  }

  void addTo(Page page) {
    List<Case> cases = new ArrayList<>();
    for (long origin : origins()) {
      cases.addAll(from(origin));
    }
    cases.sort(Comparator.comparingDouble(Case::error));
    String told =
        "Forecasts of \""
            + target
            + "\" from up to "
            + ORIGINS
            + " origins of the test, in its own units.";
    page.section("Predictions against truth")
        .paragraph(
            told + " The best, the median and the worst of " + Numbers.whole(cases.size()) + ":")
        .charts(chosen(cases));
    page.section("Worst cases").paragraph(told).table(worst(cases));
  }

  private PageTable worst(List<Case> cases) {
    boolean single = model.getKeyCols().length == 0;
    PageTable table =
        new PageTable(
            single
                ? List.of("origin", "mean absolute error")
                : List.of("series", "origin", "mean absolute error"));
    for (int i = cases.size() - 1; i >= Math.max(0, cases.size() - Cases.WORST); i--) {
      Case worst = cases.get(i);
      String origin = Cases.shown(worst.origin());
      String error = Numbers.shown(worst.error());
      if (single) {
        table.row(origin, error);
      } else {
        table.row(worst.series(), origin, error);
      }
    }
    return table;
  }

  /** The numbers of rows after which forecasts begin, spread over the test. */
  private List<Long> origins() {
    long latest = last - model.getHorizon();
    long earliest = Math.min(first - 1, latest);
    List<Long> origins = new ArrayList<>();
    for (int i = 0; i < ORIGINS; i++) {
      long origin = latest - (latest - earliest) * i / (ORIGINS - 1);
      if (!origins.contains(origin) && origin >= 0) {
        origins.add(origin);
      }
    }
    return origins;
  }

  private List<Case> from(long origin) {
    Column known = functions.col(Preparation.ROW).leq(origin);
    Dataset<Row> cut = rows.filter(functions.col(Preparation.ROW).leq(origin + model.getHorizon()));
    for (String column : model.getTargetCols()) {
      cut = cut.withColumn(column, functions.when(known, Examples.quoted(column)));
    }
    Map<String, List<Row>> forecasts = bySeries(model.forecast(cut));
    long begin = origin - (long) PAST * model.getHorizon();
    Map<String, List<Row>> truths =
        bySeries(
            rows.filter(
                functions.col(Preparation.ROW).between(begin, origin + model.getHorizon())));
    List<Case> cases = new ArrayList<>();
    forecasts.forEach(
        (series, forecast) -> {
          List<Row> truth = truths.getOrDefault(series, List.of());
          int past = truth.size() - model.getHorizon();
          if (past > 0 && forecast.size() == model.getHorizon()) {
            cases.add(of(series, truth, past, forecast));
          }
        });
    return cases.stream().filter(found -> Double.isFinite(found.error())).toList();
  }

  private Map<String, List<Row>> bySeries(Dataset<Row> found) {
    Map<String, List<Row>> series = new HashMap<>();
    for (Row row : found.orderBy(Examples.quoted(model.getTimeCol())).collectAsList()) {
      String key =
          Arrays.stream(model.getKeyCols())
              .map(column -> String.valueOf(row.<Object>getAs(column)))
              .collect(Collectors.joining(", "));
      series.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
    }
    return series;
  }

  private Case of(String series, List<Row> truth, int past, List<Row> forecast) {
    List<String> names = List.of(forecast.get(0).schema().fieldNames());
    boolean band = names.contains(target + "_lower");
    double[] point = column(forecast, target + "_" + model.getPredictionCol());
    double[][] drawn =
        band
            ? new double[][] {
              point, column(forecast, target + "_lower"), column(forecast, target + "_upper")
            }
            : new double[][] {point};
    double[] values = column(truth, target);
    return new Case(
        series,
        truth.get(past - 1).getAs(model.getTimeCol()),
        Arrays.copyOfRange(values, 0, past),
        Arrays.copyOfRange(values, past, values.length),
        drawn);
  }

  private static double[] column(List<Row> rows, String name) {
    return rows.stream()
        .map(row -> Cases.numbers(row.getAs(name)))
        .mapToDouble(numbers -> numbers.length == 0 ? Double.NaN : numbers[0])
        .toArray();
  }

  private List<Chart> chosen(List<Case> cases) {
    List<Integer> places = new ArrayList<>();
    for (int place : new int[] {0, cases.size() / 2, cases.size() - 1}) {
      if (place >= 0 && place < cases.size() && !places.contains(place)) {
        places.add(place);
      }
    }
    return places.stream().map(cases::get).map(this::chart).toList();
  }

  private Chart chart(Case found) {
    int past = found.past().length;
    double[] ahead = Chart.counted(1, found.truth().length);
    double[] values = Arrays.copyOf(found.past(), past + found.truth().length);
    System.arraycopy(found.truth(), 0, values, past, found.truth().length);
    Chart chart =
        new Chart(
                (found.series() + " from " + Cases.shown(found.origin())).strip(),
                "rows after the origin")
            .line("truth", Chart.counted(1 - past, values.length), values)
            .line("forecast", ahead, found.forecast()[0]);
    return found.forecast().length == 1
        ? chart
        : chart.band("interval", ahead, found.forecast()[1], found.forecast()[2]);
  }
}
