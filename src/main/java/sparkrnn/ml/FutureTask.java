package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.Series;
import sparkrnn.forecast.SeriesReader;
import sparkrnn.forecast.TargetForecast;
import sparkrnn.series.TimeAxis;

/** Forecasts the rows after the last target of each series of a partition. */
record FutureTask(
    ForecastTask task, ForecastColumns columns, StructType output, String handleInvalid)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    SeriesReader reader = new SeriesReader(rows, task.plan().series());
    WindowForecaster forecaster = new WindowForecaster(task);
    return new Iterator<>() {
      private Iterator<Row> future = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        while (!future.hasNext() && reader.hasNext()) {
          future = future(reader.next(), forecaster).iterator();
        }
        return future.hasNext();
      }

      @Override
      public Row next() {
        return future.next();
      }
    };
  }

  private List<Row> future(Series series, WindowForecaster forecaster) {
    ForecastPlan plan = task.plan();
    int origin = series.observed() - 1;
    boolean usable = plan.lastWindowIsWhole(series);
    List<Row> rows = new ArrayList<>();
    if (usable) {
      forecaster.forEach(
          series,
          List.of(origin),
          (outputs, at) -> addRows(series, at, forecaster.forecasts(outputs), rows));
    } else if (handleInvalid.equals("keep") && origin >= 0) {
      addRows(series, origin, null, rows);
    }
    return rows;
  }

  private void addRows(Series series, int origin, TargetForecast[][] forecasts, List<Row> rows) {
    Object[] key = series.key();
    for (int step = 1; step <= task.plan().horizon(); step++) {
      Object[] values = new Object[key.length + 1 + columns.size()];
      System.arraycopy(key, 0, values, 0, key.length);
      values[key.length] = after(series, origin, step);
      columns.write(step, forecasts == null ? null : forecasts[step - 1], values, key.length + 1);
      rows.add(new GenericRowWithSchema(values, output));
    }
  }

  /** Counted from the first row where that can be: the ends of months stay the ends of months. */
  private Object after(Series series, int origin, int step) {
    TimeAxis axis = task.plan().series().axis();
    Object first = series.time(0);
    long steps = origin == 0 ? 0 : axis.steps(first, series.time(origin));
    return steps == TimeAxis.IRREGULAR
        ? axis.after(series.time(origin), step)
        : axis.after(first, steps + step);
  }
}
