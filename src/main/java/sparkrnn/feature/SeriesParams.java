package sparkrnn.feature;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** Params that say how rows make series, for all stages that make sequences of rows. */
public interface SeriesParams extends Params {

  /** The params, built once per stage. */
  SeriesParamDefinitions seriesParams();

  /** Columns that together say to which series a row belongs. */
  default StringArrayParam keyCols() {
    return seriesParams().keyCols;
  }

  /** The value of {@link #keyCols()}. */
  default String[] getKeyCols() {
    return getOrDefault(keyCols());
  }

  /** Column that orders the rows of a series. */
  default Param<String> timeCol() {
    return seriesParams().timeCol;
  }

  /** The value of {@link #timeCol()}. */
  default String getTimeCol() {
    return getOrDefault(timeCol());
  }

  /** Columns that become the features of each time step, in this order. */
  default StringArrayParam valueCols() {
    return seriesParams().valueCols;
  }

  /** The value of {@link #valueCols()}. */
  default String[] getValueCols() {
    return getOrDefault(valueCols());
  }

  /** Column of sequences that transform makes. */
  default Param<String> featuresCol() {
    return seriesParams().featuresCol;
  }

  /** The value of {@link #featuresCol()}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }
}
