package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The params of {@link SequenceScalerParams} of one stage. */
public final class SequenceScalerParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> inputCol;
  final Param<String> outputCol;
  final Param<String> scaler;
  final StringArrayParam keyCols;
  final Param<String> handleInvalid;

  SequenceScalerParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    inputCol =
        params.text(
            "inputCol",
            "column to scale: array<number> (one feature per time step), or array<array<number>> or "
                + "array<vector> (time steps by features); in transform also a number or a vector, see "
                + "featureIndices of the model; required",
            Check.columnName());
    outputCol =
        params.text(
            "outputCol",
            "column that transform adds: the numbers of inputCol, scaled, as doubles in the same "
                + "shape, vectors as arrays",
            Check.columnName());
    scaler =
        params.text(
            "scaler",
            "how a feature is scaled: standard, to mean 0 and standard deviation 1 (of a sample, "
                + "over n - 1, as Spark's StandardScaler); minMax, to 0 up to 1; robust, to median 0 "
                + "and interquartile range 1; a constant feature is only shifted",
            Check.oneOf("standard", "minMax", "robust"));
    keyCols =
        params.texts(
            "keyCols",
            "columns that together say by which statistics a row is scaled: each key has its own; "
                + "empty: all rows share one",
            Check.columnNames(0));
    handleInvalid =
        params.text(
            "handleInvalid",
            "what to do with a row that can not be used (null, ragged, or holds null, NaN or infinity; "
                + "a key that is null or, in transform, was not in the data of the fit): error stops and "
                + "names the row, skip leaves it out, keep also leaves it out of the fit but takes it in "
                + "transform: an unseen key is scaled by the statistics of all rows, a null number "
                + "becomes NaN, and what has no such shape null",
            Check.oneOf("error", "skip", "keep"));
    stage.setDefault(outputCol, "scaledFeatures");
    stage.setDefault(scaler, "standard");
    stage.setDefault(keyCols, new String[0]);
    stage.setDefault(handleInvalid, "error");
  }
}
