package sparkrnn.feature;

import java.util.Locale;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Scales sequences by the statistics of a {@link SequenceScaler}, and back.
 *
 * <p>{@link #transform} adds one column in the shape of inputCol, of doubles; a streaming DataFrame
 * works too. Labels and predictions are scaled and scaled back by the same statistics: {@link
 * #scale} and {@link #inverse(String, String, int...)} make stages for them. Their columns may hold
 * one number or a row of them, which belong to featureIndices in turn, as {@link SlidingWindow}
 * lays out its targets: with featureIndices 2, 0 the numbers are those of features 2, 0, 2, 0, ...
 */
public final class SequenceScalerModel extends Model<SequenceScalerModel>
    implements SequenceScalerParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private static final String FILE = "scales.json";

  private final String uid;
  private final SequenceScalerParamDefinitions scalerParams;
  private final BooleanParam inverse;
  private final IntArrayParam featureIndices;
  private Scales scales;
  private transient SharedValue<ScaleTable> shared;

  /** Without statistics; only for Spark, which looks stages up by such a constructor. */
  public SequenceScalerModel() {
    this(Identifiable.randomUID("sequenceScaler"));
  }

  /** Without statistics; only for Spark, which then reads them from a directory. */
  public SequenceScalerModel(String uid) {
    this.uid = uid;
    scalerParams = new SequenceScalerParamDefinitions(this);
    ParamFactory params = new ParamFactory(this);
    inverse =
        params.fact(
            "inverse", "whether transform undoes the scaling, x * divisor + offset, instead");
    featureIndices =
        params.wholeNumbers(
            "featureIndices",
            "which features inputCol holds, counted from 0 in the column of the fit, in this order; "
                + "where it holds numbers in a row, they belong to these in turn; empty: all",
            Check.featureIndices());
    setDefault(inverse, false);
    setDefault(featureIndices, new int[0]);
  }

  SequenceScalerModel(String uid, Scales scales) {
    this(uid);
    become(scales);
  }

  private SequenceScalerModel become(Scales learnt) {
    scales = learnt;
    return this;
  }

  private Scales learnt() {
    if (scales == null) {
      throw new IllegalStateException(
          "SequenceScalerModel: this model has no statistics; it comes from a constructor. Take a"
              + " model from SequenceScaler.fit or SequenceScalerModel.load.");
    }
    return scales;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public SequenceScalerParamDefinitions scalerParams() {
    return scalerParams;
  }

  /** Whether transform undoes the scaling. */
  public BooleanParam inverse() {
    return inverse;
  }

  /** The value of {@link #inverse()}. */
  public boolean getInverse() {
    return (Boolean) getOrDefault(inverse);
  }

  /** Which features inputCol holds; none: all. */
  public IntArrayParam featureIndices() {
    return featureIndices;
  }

  /** The value of {@link #featureIndices()}. */
  public int[] getFeatureIndices() {
    return getOrDefault(featureIndices);
  }

  /** Sets {@link #inputCol()}. */
  public SequenceScalerModel setInputCol(String value) {
    return with(inputCol(), value);
  }

  /** Sets {@link #outputCol()}. */
  public SequenceScalerModel setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /** Sets {@link #handleInvalid()}. */
  public SequenceScalerModel setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  /** Sets {@link #inverse()}. */
  public SequenceScalerModel setInverse(boolean value) {
    return with(inverse, value);
  }

  /** Sets {@link #featureIndices()}. */
  public SequenceScalerModel setFeatureIndices(int... value) {
    return with(featureIndices, value);
  }

  private <T> SequenceScalerModel with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * A stage of its own that scales another column by the same statistics, such as a label.
   *
   * @param features the value of {@link #featureIndices()}
   */
  public SequenceScalerModel scale(String inputCol, String outputCol, int... features) {
    return sibling().setInputCol(inputCol).setOutputCol(outputCol).setFeatureIndices(features);
  }

  /**
   * A stage of its own that undoes the scaling in another column, such as a prediction.
   *
   * @param features the value of {@link #featureIndices()}
   */
  public SequenceScalerModel inverse(String inputCol, String outputCol, int... features) {
    return scale(inputCol, outputCol, features).setInverse(true);
  }

  private SequenceScalerModel sibling() {
    String name = Identifiable.randomUID("sequenceScaler");
    SequenceScalerModel sibling = new SequenceScalerModel(name, learnt());
    return copyValues(sibling, ParamMap.empty()).setInverse(false);
  }

  /** Features of a time step of the column that was fitted. */
  public int numFeatures() {
    return learnt().features();
  }

  /** Keys that have statistics of their own. */
  public int numKeys() {
    return learnt().keys().size();
  }

  /** What is subtracted from each feature, by the statistics of all rows. */
  public double[] offsets() {
    return learnt().all().offsets().clone();
  }

  /** What each feature is divided by then, by the statistics of all rows. */
  public double[] divisors() {
    return learnt().all().divisors().clone();
  }

  /**
   * The rows with scaled numbers, lazily.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, or outputCol is
   *     there already; a row that can't be used is reported when it is reached
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    transformSchema(schema);
    ScalerSchema columns = new ScalerSchema(this, schema);
    NumberShape shape = columns.shape();
    Column values =
        shape.doubles(ColumnCheck.column(getInputCol()), schema.apply(getInputCol()).dataType());
    Column key = SeriesKey.of(schema, getKeyCols());
    ScaleTask task =
        new ScaleTask(
            sharedTable().in(dataset.sparkSession().sparkContext()),
            shape == NumberShape.NESTED,
            columns.features(getFeatureIndices(), numFeatures()),
            getInverse());
    UDF2<Seq<?>, Seq<String>, String> flaws = task::flaw;
    UDF2<Seq<?>, Seq<String>, Object> scaling = task::scale;
    Column flaw = functions.udf(flaws, DataTypes.StringType).withName("flaw").apply(values, key);
    Column scaled =
        functions
            .udf(scaling, shape == NumberShape.SINGLE ? NumberShape.FLAT.made() : shape.made())
            .withName("scale")
            .apply(values, key);
    Column result = shape == NumberShape.SINGLE ? scaled.getItem(0) : scaled;
    Dataset<Row> rows = dataset.toDF();
    return switch (getHandleInvalid()) {
      case "error" -> with(rows, stopping(schema, flaw, result));
      case "skip" -> with(rows.filter(flaw.isNull()), result);
      default -> with(rows, result);
    };
  }

  private Column stopping(StructType schema, Column flaw, Column result) {
    return functions
        .when(flaw.isNotNull(), functions.raise_error(ScalerFit.message(this, schema, flaw)))
        .otherwise(result);
  }

  private Dataset<Row> with(Dataset<Row> rows, Column result) {
    return rows.select(functions.col("*"), result.as(getOutputCol()));
  }

  private synchronized SharedValue<ScaleTable> sharedTable() {
    if (shared == null) {
      shared = new SharedValue<>(new ScaleTable(learnt()));
    }
    return shared;
  }

  /**
   * The columns of the data and outputCol.
   *
   * @throws IllegalArgumentException if inputCol is not set, a column is missing or of another
   *     type, featureIndices do not fit it, or outputCol is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ScalerSchema columns = new ScalerSchema(this, schema);
    columns.features(getFeatureIndices(), numFeatures());
    return columns.output();
  }

  @Override
  public SequenceScalerModel copy(ParamMap extra) {
    SequenceScalerModel copy = new SequenceScalerModel(uid);
    copy.scales = scales;
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  /** A writer of this model: statistics as JSON, params as Spark has them. */
  @Override
  public MLWriter write() {
    return new LearntWriter(
        DefaultParamsWritable.super.write(), "SequenceScalerModel", FILE, learnt());
  }

  /** A reader of saved models. */
  public static MLReader<SequenceScalerModel> read() {
    return new LearntReader<>(
        SequenceScalerModel.class, FILE, Scales.class, SequenceScalerModel::become);
  }

  /**
   * The model that was saved at a path.
   *
   * @throws IllegalArgumentException if the directory is not that of a whole model of this version
   */
  public static SequenceScalerModel load(String path) {
    return read().load(path);
  }

  @Override
  public String explainParam(Param<?> param) {
    return ParamFactory.explain(this, param);
  }

  @Override
  public String toString() {
    return scales == null
        ? "SequenceScalerModel: uid=" + uid
        : String.format(
            Locale.ROOT,
            "SequenceScalerModel: uid=%s, scaler=%s, inverse=%s, numFeatures=%d, numKeys=%d",
            uid,
            getScaler(),
            getInverse(),
            numFeatures(),
            numKeys());
  }
}
