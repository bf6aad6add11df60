package sparkrnn.ml;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;
import sparkrnn.forecast.TargetForecast;

/**
 * The columns of one row of a forecast after its key and time: which row of the horizon it is, and
 * for each target a prediction, its quantiles and an interval, where there are such.
 *
 * @param prediction ending of the names of predictions
 * @param nullable whether a row may have none
 */
record ForecastColumns(
    String stage,
    List<String> targets,
    String prediction,
    boolean quantiles,
    boolean intervals,
    boolean nullable)
    implements java.io.Serializable {

  private static final long serialVersionUID = 1L;

  private static final ArrayType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);

  /** The place of a row in the horizon, from 1. */
  static final String STEP = "step";

  /**
   * The columns at the end of those of key and time.
   *
   * @throws IllegalArgumentException if one of them is there already
   */
  StructType appendTo(StructType schema) {
    ColumnCheck.isNew(stage, schema, "keyCols", STEP);
    StructType output = schema.add(STEP, DataTypes.IntegerType, false);
    for (String target : targets) {
      output = add(output, target + "_" + prediction, false);
      if (quantiles) {
        output = add(output, target + "_quantiles", true);
      }
      if (intervals) {
        output = add(output, target + "_lower", false);
        output = add(output, target + "_upper", false);
      }
    }
    return output;
  }

  private StructType add(StructType schema, String name, boolean array) {
    ColumnCheck.isNew(stage, schema, "predictionCol", name);
    return schema.add(name, array ? NUMBERS : DataTypes.DoubleType, nullable);
  }

  /** How many columns. */
  int size() {
    return 1 + targets.size() * (1 + (quantiles ? 1 : 0) + (intervals ? 2 : 0));
  }

  /** Writes the values of one row of the horizon from a place on; nulls for no forecasts. */
  void write(int step, TargetForecast[] forecasts, Object[] row, int from) {
    row[from] = step;
    if (forecasts == null) {
      return;
    }
    int at = from + 1;
    for (TargetForecast forecast : forecasts) {
      row[at++] = forecast.point();
      if (quantiles) {
        row[at++] = new ArraySeq.ofDouble(forecast.quantiles());
      }
      if (intervals) {
        row[at++] = forecast.lower();
        row[at++] = forecast.upper();
      }
    }
  }
}
