package sparkrnn.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;

/**
 * The windows of series as sequences with labels: those whose targets are all held out validate,
 * those of which none is train, the others are left out. A window that can't be made has no
 * sequence, so that it is counted as skipped.
 */
public final class TrainingWindows implements MapPartitionsFunction<Row, Row> {

  /** The columns of sequences, labels and whether a row validates. */
  public static final String FEATURES = "features";

  /** See {@link #FEATURES}. */
  public static final String LABEL = "label";

  /** See {@link #FEATURES}. */
  public static final String VALIDATION = "validation";

  private static final long serialVersionUID = 1L;

  private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.FloatType, false);

  /** The type of sequences. */
  public static final DataType SEQUENCE = DataTypes.createArrayType(NUMBERS, false);

  private static final StructType SCHEMA =
      new StructType()
          .add(FEATURES, SEQUENCE)
          .add(LABEL, NUMBERS)
          .add(VALIDATION, DataTypes.BooleanType, false);

  private final ForecastPlan plan;

  private TrainingWindows(ForecastPlan plan) {
    this.plan = plan;
  }

  /**
   * The windows, lazily.
   *
   * @param sorted as {@link SeriesColumns#sorted} gives them
   */
  public static Dataset<Row> of(Dataset<Row> sorted, ForecastPlan plan) {
    return sorted.mapPartitions(new TrainingWindows(plan), Encoders.row(SCHEMA));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    SeriesReader reader = new SeriesReader(rows, plan.series());
    WindowScale scale = new WindowScale(plan);
    WindowFeatures features = new WindowFeatures(plan, scale);
    return new Iterator<>() {
      private Iterator<Row> windows = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        while (!windows.hasNext() && reader.hasNext()) {
          windows = windows(reader.next(), scale, features);
        }
        return windows.hasNext();
      }

      @Override
      public Row next() {
        return windows.next();
      }
    };
  }

  private Iterator<Row> windows(Series series, WindowScale scale, WindowFeatures features) {
    return WindowOrigins.of(series, plan).stream()
        .map(window -> row(series, window, scale, features))
        .iterator();
  }

  private Row row(
      Series series, WindowOrigins.Window window, WindowScale scale, WindowFeatures features) {
    boolean validation = window.use() == WindowOrigins.Use.VALIDATION;
    if (window.use() == WindowOrigins.Use.SKIPPED) {
      return RowFactory.create(null, null, validation);
    }
    scale.take(series, window.origin());
    Object steps = steps(features.sequence(series, window.origin()), features);
    Object label = new ArraySeq.ofFloat(features.label(series, window.origin()));
    return RowFactory.create(steps, label, validation);
  }

  /** A sequence as Spark's array of arrays. */
  public static Object steps(float[] sequence, WindowFeatures features) {
    int width = features.width();
    List<Object> steps = new ArrayList<>(sequence.length / width);
    for (int from = 0; from < sequence.length; from += width) {
      steps.add(new ArraySeq.ofFloat(Arrays.copyOfRange(sequence, from, from + width)));
    }
    return new ArraySeq.ofRef<>(steps.toArray());
  }
}
