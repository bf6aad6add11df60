package sparkrnn.ml;

import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import sparkrnn.forecast.ForecastPlan;
import sparkrnn.forecast.Series;
import sparkrnn.forecast.SeriesReader;
import sparkrnn.forecast.TrainingWindows;
import sparkrnn.forecast.WindowFeatures;
import sparkrnn.forecast.WindowScale;

/**
 * The last context of each series of a partition as a sequence.
 *
 * @param kept whether a series without one has a row with null
 */
record ContextTask(ForecastPlan plan, StructType output, boolean kept)
    implements MapPartitionsFunction<Row, Row> {

  static final DataType TYPE = TrainingWindows.SEQUENCE;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    SeriesReader reader = new SeriesReader(rows, plan.series());
    Iterable<Series> series = () -> reader;
    WindowScale scale = new WindowScale(plan);
    WindowFeatures features = new WindowFeatures(plan, scale);
    return StreamSupport.stream(series.spliterator(), false)
        .map(each -> row(each, scale, features))
        .filter(row -> kept || !row.isNullAt(row.size() - 1))
        .filter(row -> !row.isNullAt(row.size() - 2))
        .iterator();
  }

  private Row row(Series series, WindowScale scale, WindowFeatures features) {
    Object[] key = series.key();
    Object[] values = new Object[key.length + 2];
    System.arraycopy(key, 0, values, 0, key.length);
    int origin = series.observed() - 1;
    values[key.length] = origin < 0 ? null : series.time(origin);
    if (plan.lastWindowIsWhole(series)) {
      scale.take(series, origin);
      values[key.length + 1] = TrainingWindows.steps(features.sequence(series, origin), features);
    }
    return new GenericRowWithSchema(values, output);
  }
}
