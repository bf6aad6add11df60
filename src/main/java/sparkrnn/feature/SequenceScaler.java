package sparkrnn.feature;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns how to scale each feature of a sequence column, over all time steps of all rows, or of all
 * rows of a key.
 *
 * <pre>
 *   standard  (x - mean) / standard deviation      the deviation of a sample, over n - 1
 *   minMax    (x - min) / (max - min)
 *   robust    (x - median) / (third - first quartile)
 * </pre>
 *
 * <pre>{@code
 * SequenceScalerModel model =
 *     new SequenceScaler().setInputCol("features").setKeyCols("meter").fit(windows);
 * Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
 *     model,                                        // features   -> scaledFeatures
 *     model.scale("label", "scaledLabel", 0),       // the label is a later value of feature 0
 *     new RnnRegressor().setFeaturesCol("scaledFeatures").setLabelCol("scaledLabel"),
 *     model.inverse("prediction", "forecast", 0)}); // in the unit of the label
 * }</pre>
 *
 * <p>A constant feature is only shifted: its divisor is 1. The statistics are computed in Spark SQL
 * over all numbers, are the same to the bit however the data is partitioned, and come to the driver
 * key by key. Robust holds the distinct values of a feature (of a key) in the memory of one task.
 */
public final class SequenceScaler extends Estimator<SequenceScalerModel>
    implements SequenceScalerParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SequenceScalerParamDefinitions scalerParams;

  /** With defaults and a uid of its own. */
  public SequenceScaler() {
    this(Identifiable.randomUID("sequenceScaler"));
  }

  /** With defaults and this uid. */
  public SequenceScaler(String uid) {
    this.uid = uid;
    scalerParams = new SequenceScalerParamDefinitions(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public SequenceScalerParamDefinitions scalerParams() {
    return scalerParams;
  }

  /** Sets {@link #inputCol()}. */
  public SequenceScaler setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Sets {@link #outputCol()}. */
  public SequenceScaler setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets {@link #scaler()}. */
  public SequenceScaler setScaler(String value) {
    return with(scaler(), value);
  }

  /** Sets {@link #keyCols()}. */
  public SequenceScaler setKeyCols(String... value) {
    return with(keyCols(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public SequenceScaler setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  private <T> SequenceScaler with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * Learns the statistics, in up to three Spark jobs. A row that can't be used is left out, or with
   * error stops the fit.
   *
   * @throws IllegalArgumentException if inputCol is not set, a column is missing or of another
   *     type, or no number is left
   */
  @Override
  public SequenceScalerModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Scales scales = new ScalerFit(this, dataset.schema()).of(dataset);
    SequenceScalerModel model = new SequenceScalerModel(uid, scales);
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  /**
   * The columns of the data and outputCol.
   *
   * @throws IllegalArgumentException if inputCol is not set, a column is missing or of another
   *     type, or outputCol is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ScalerSchema columns = new ScalerSchema(this, schema);
    columns.sequences();
    return columns.output();
  }

  @Override
  public SequenceScaler copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  /** A reader of saved stages. */
  public static MLReader<SequenceScaler> read() {
    return new DefaultParamsReadable<SequenceScaler>() {}.read();
  }

  /** The stage that was saved at a path. */
  public static SequenceScaler load(String path) {
    return read().load(path);
  }
}
