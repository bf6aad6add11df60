package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The params of {@link SlidingWindowParams} of one stage. */
public final class SlidingWindowParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final StringArrayParam targetCols;
  final IntParam windowSize;
  final IntParam horizon;
  final IntParam stride;
  final Param<String> target;
  final Param<String> timeStep;
  final Param<String> gapPolicy;
  final IntParam maxGap;
  final Param<String> shortSeries;
  final Param<String> windowStartCol;
  final Param<String> windowEndCol;
  final Param<String> targetTimeCol;
  final Param<String> labelCol;

  SlidingWindowParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    targetCols =
        params.texts(
            "targetCols",
            "columns of what is to be predicted, numbers or booleans; empty: the same as valueCols",
            Check.columnNames(0));
    windowSize =
        params.wholeNumber(
            "windowSize", "rows in a window, at least 1; required", Check.wholeNumberFrom(1));
    horizon =
        params.wholeNumber(
            "horizon",
            "how many rows after the last row of the window the target lies (with target sequence: "
                + "its last row), at least 1, which is the next row",
            Check.wholeNumberFrom(1));
    stride =
        params.wholeNumber(
            "stride",
            "rows from the beginning of one window to that of the next, at least 1",
            Check.wholeNumberFrom(1));
    target =
        params.text(
            "target",
            "what the label is: value, the targets of the row that lies horizon rows after the "
                + "window; sequence, the targets of all rows from the next one to that one, row by row "
                + "in one array; none, no label, and windows up to the last row: for new data",
            Check.oneOf("value", "sequence", "none"));
    timeStep =
        params.text(
            "timeStep",
            "how far apart the rows of a series lie: a number in the unit of timeCol where times are "
                + "numbers, one amount of time such as 15 minutes, 1 day or 1 month where they are "
                + "timestamps or dates; unset or empty: times only order the rows, and no row counts "
                + "as missing",
            Check.timeStep());
    gapPolicy =
        params.text(
            "gapPolicy",
            "what to do where a row is missing by timeStep, or a value is null, NaN or infinite: error "
                + "stops and names the place, split lets no window cross it, fill carries the last "
                + "value forward, interpolate draws a line in time to the next value",
            Check.oneOf("error", "split", "fill", "interpolate"));
    maxGap =
        params.wholeNumber(
            "maxGap",
            "the most rows of a gap that fill and interpolate mend; no window crosses a longer one, as "
                + "with split; a gap is a run of rows that are missing or miss a value; 0: any",
            Check.wholeNumberFrom(0));
    shortSeries =
        params.text(
            "shortSeries",
            "what to do with a series too short for one window and its target: error stops and names "
                + "it, skip leaves it out, pad makes one window by repeating its first row in front",
            Check.oneOf("error", "skip", "pad"));
    windowStartCol =
        params.text(
            "windowStartCol",
            "column of the time of a window's first row, of the type of timeCol",
            Check.columnName());
    windowEndCol =
        params.text(
            "windowEndCol",
            "column of the time of a window's last row, of the type of timeCol",
            Check.columnName());
    targetTimeCol =
        params.text(
            "targetTimeCol",
            "column of the time of the row where a window's target ends, of the type of timeCol; not "
                + "made where target is none",
            Check.columnName());
    labelCol =
        params.text(
            "labelCol",
            "column of the target: double where it is one number, else array<double>; not made where "
                + "target is none",
            Check.columnName());
  }

  void setDefaults(Params stage) {
    stage.setDefault(targetCols, new String[0]);
    stage.setDefault(horizon, 1);
    stage.setDefault(stride, 1);
    stage.setDefault(target, "value");
    stage.setDefault(gapPolicy, "error");
    stage.setDefault(maxGap, 0);
    stage.setDefault(shortSeries, "error");
    stage.setDefault(windowStartCol, "windowStart");
    stage.setDefault(windowEndCol, "windowEnd");
    stage.setDefault(targetTimeCol, "targetTime");
    stage.setDefault(labelCol, "label");
  }
}
