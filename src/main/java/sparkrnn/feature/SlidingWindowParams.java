package sparkrnn.feature;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/** The params of {@link SlidingWindow}. */
public interface SlidingWindowParams extends SeriesParams {

  /** The params, built once per stage. */
  SlidingWindowParamDefinitions windowParams();

  /** Columns of what is to be predicted; empty: the same as valueCols. */
  default StringArrayParam targetCols() {
    return windowParams().targetCols;
  }

  /** The value of {@link #targetCols()}. */
  default String[] getTargetCols() {
    return getOrDefault(targetCols());
  }

  /** Rows in a window, at least 1; required. */
  default IntParam windowSize() {
    return windowParams().windowSize;
  }

  /** The value of {@link #windowSize()}. */
  default int getWindowSize() {
    return (Integer) getOrDefault(windowSize());
  }

  /** How many rows after the last row of the window the (last) target lies, at least 1. */
  default IntParam horizon() {
    return windowParams().horizon;
  }

  /** The value of {@link #horizon()}. */
  default int getHorizon() {
    return (Integer) getOrDefault(horizon());
  }

  /** Rows from the beginning of one window to that of the next, at least 1. */
  default IntParam stride() {
    return windowParams().stride;
  }

  /** The value of {@link #stride()}. */
  default int getStride() {
    return (Integer) getOrDefault(stride());
  }

  /**
   * What the label is: value, the targets of the row horizon rows after the window; sequence, those
   * of all rows from the next one to that one; none, nothing, for new data.
   */
  default Param<String> target() {
    return windowParams().target;
  }

  /** The value of {@link #target()}. */
  default String getTarget() {
    return getOrDefault(target());
  }

  /**
   * How far apart the rows of a series lie: a number where times are numbers, an amount such as "1
   * hour" where they are timestamps or dates; unset or empty: rows count, times only order them.
   */
  default Param<String> timeStep() {
    return windowParams().timeStep;
  }

  /** The value of {@link #timeStep()}. */
  default String getTimeStep() {
    return getOrDefault(timeStep());
  }

  /** What to do where a row or a value is missing: error, split, fill or interpolate. */
  default Param<String> gapPolicy() {
    return windowParams().gapPolicy;
  }

  /** The value of {@link #gapPolicy()}. */
  default String getGapPolicy() {
    return getOrDefault(gapPolicy());
  }

  /** The most rows of a gap that fill and interpolate mend; 0: any. */
  default IntParam maxGap() {
    return windowParams().maxGap;
  }

  /** The value of {@link #maxGap()}. */
  default int getMaxGap() {
    return (Integer) getOrDefault(maxGap());
  }

  /** What to do with a series too short for one window: error, skip or pad. */
  default Param<String> shortSeries() {
    return windowParams().shortSeries;
  }

  /** The value of {@link #shortSeries()}. */
  default String getShortSeries() {
    return getOrDefault(shortSeries());
  }

  /** Column of the time of a window's first row. */
  default Param<String> windowStartCol() {
    return windowParams().windowStartCol;
  }

  /** The value of {@link #windowStartCol()}. */
  default String getWindowStartCol() {
    return getOrDefault(windowStartCol());
  }

  /** Column of the time of a window's last row. */
  default Param<String> windowEndCol() {
    return windowParams().windowEndCol;
  }

  /** The value of {@link #windowEndCol()}. */
  default String getWindowEndCol() {
    return getOrDefault(windowEndCol());
  }

  /** Column of the time of the last row of a window's target. */
  default Param<String> targetTimeCol() {
    return windowParams().targetTimeCol;
  }

  /** The value of {@link #targetTimeCol()}. */
  default String getTargetTimeCol() {
    return getOrDefault(targetTimeCol());
  }

  /** Column of the target: double where it is one number, else array&lt;double&gt;. */
  default Param<String> labelCol() {
    return windowParams().labelCol;
  }

  /** The value of {@link #labelCol()}. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }
}
