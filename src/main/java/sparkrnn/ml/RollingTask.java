package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.Series;
import sparkrnn.forecast.SeriesErrors;
import sparkrnn.forecast.SeriesFacts;
import sparkrnn.forecast.SeriesReader;

/**
 * Forecasts from one origin after the other, as if the rows after it were not known yet.
 *
 * @param stride rows from one origin to the next
 * @param start the first time that is forecast; null for the first possible
 */
record RollingTask(ForecastTask task, int stride, Object start) implements java.io.Serializable {

  private List<Integer> origins(Series series) {
    ForecastPlan plan = task.plan();
    List<Integer> origins = new ArrayList<>();
    int last = series.observed() - 1 - plan.horizon();
    if (plan.series().strict() && series.observed() < plan.span()) {
      throw SeriesFacts.tooShort(
          series, plan, series.observed(), plan.span(), "contextLength or horizon in a new fit");
    }
    int origin = plan.history() - 1;
    while (origin <= last && isBeforeStart(series.time(origin + 1))) {
      origin++;
    }
    for (; origin <= last; origin += stride) {
      if (series.readable(origin, plan.history())
          && series.targetsKnown(origin, plan.horizon())
          && series.staticsKnown()) {
        origins.add(origin);
      }
    }
    return origins;
  }

  @SuppressWarnings("unchecked")
  private boolean isBeforeStart(Object time) {
    return start != null && ((Comparable<Object>) time).compareTo(start) < 0;
  }

  /** The errors of each series of a partition. */
  FlatMapFunction<Iterator<Row>, SeriesErrors> errors() {
    return rows -> {
      List<SeriesErrors> found = new ArrayList<>();
      WindowForecaster forecaster = new WindowForecaster(task);
      new SeriesReader(rows, task.plan().series())
          .forEachRemaining(series -> found.add(errors(series, forecaster)));
      return found.iterator();
    };
  }

  private SeriesErrors errors(Series series, WindowForecaster forecaster) {
    ForecastPlan plan = task.plan();
    SeriesErrors errors = new SeriesErrors(series.key(), plan.targets());
    List<Integer> origins = origins(series);
    if (origins.isEmpty()) {
      return errors;
    }
    double[] naive = new double[plan.targets()];
    for (int i = 0; i < naive.length; i++) {
      naive[i] = SeriesErrors.naiveError(series, origins.get(0), plan.seasonLength(), i);
    }
    forecaster.forEach(
        series,
        origins,
        (outputs, origin) ->
            errors.add(series, origin, forecaster.forecasts(outputs), plan, naive));
    return errors;
  }

  /** The conformity scores of a partition, by place: (step - 1) targets + target. */
  Iterator<Tuple2<Integer, double[]>> scores(Iterator<Row> rows) {
    ForecastPlan plan = task.plan();
    int places = plan.horizon() * plan.targets();
    WindowForecaster forecaster = new WindowForecaster(task);
    SeriesReader reader = new SeriesReader(rows, plan.series());
    List<Tuple2<Integer, double[]>> found = new ArrayList<>();
    while (reader.hasNext()) {
      Series series = reader.next();
      List<Integer> origins = origins(series);
      double[][] scores = new double[places][origins.size()];
      int[] done = new int[1];
      forecaster.forEach(
          series,
          origins,
          (outputs, origin) -> {
            for (int place = 0; place < places; place++) {
              int step = place / plan.targets() + 1;
              int i = place % plan.targets();
              scores[place][done[0]] = outputs.score(step, i, series.target(origin + step, i));
            }
            done[0]++;
          });
      for (int place = 0; place < places; place++) {
        found.add(new Tuple2<>(place, scores[place]));
      }
    }
    return found.iterator();
  }
}
