package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The params of {@link SeriesParams} of one stage. */
public final class SeriesParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final StringArrayParam keyCols;
  final Param<String> timeCol;
  final StringArrayParam valueCols;
  final Param<String> featuresCol;

  /**
   * Makes the params of a stage.
   *
   * @param keys what the columns of the key are for and whether there must be any
   * @param leastKeys how many there must be
   * @param values what kinds of columns can be values
   */
  SeriesParamDefinitions(Params stage, String keys, int leastKeys, String values) {
    ParamFactory params = new ParamFactory(stage);
    keyCols = params.texts("keyCols", keys, Check.columnNames(leastKeys));
    timeCol =
        params.text(
            "timeCol", "column that orders the rows of a series; required", Check.columnName());
    valueCols =
        params.texts(
            "valueCols",
            "columns that become the features of each time step, in this order: "
                + values
                + "; required",
            Check.columnNames(1));
    featuresCol =
        params.text(
            "featuresCol",
            "column of sequences that transform makes: array<double> where there is one feature per "
                + "time step, else array<array<double>> of (time steps, features)",
            Check.columnName());
  }

  void setDefaults(Params stage) {
    stage.setDefault(featuresCol, "features");
  }
}
