package sparkrnn.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** The queries behind the fit of a {@link SequenceScaler}; params and columns are checked. */
final class ScalerFit {

  private static final String KEY = "key";
  private static final String FEATURE = "feature";
  private static final String VALUE = "value";
  private static final String SCALES = "scales";

  private final SequenceScaler stage;
  private final StructType schema;
  private final boolean nested;
  private final Column values;
  private final Column key;

  ScalerFit(SequenceScaler stage, StructType schema) {
    this.stage = stage;
    this.schema = schema;
    DataType type = schema.apply(stage.getInputCol()).dataType();
    NumberShape shape = NumberShape.of(type).orElseThrow();
    this.nested = shape == NumberShape.NESTED;
    this.values = shape.doubles(ColumnCheck.column(stage.getInputCol()), type);
    this.key = SeriesKey.of(schema, stage.getKeyCols());
  }

  /**
   * The statistics of all rows, and of each key if there are key columns.
   *
   * @throws IllegalArgumentException if there is no number
   */
  Scales of(Dataset<?> dataset) {
    Dataset<Row> numbers = numbers(dataset.toDF(), nested ? width(dataset.toDF()) : 1);
    List<Row> all = gather(numbers.groupBy(FEATURE).agg(statistic()), functions.lit(0));
    if (all.isEmpty()) {
      throw noNumber();
    }
    List<Scales.KeyScale> keys = new ArrayList<>();
    if (stage.getKeyCols().length > 0) {
      Dataset<Row> each = numbers.groupBy(KEY, FEATURE).agg(statistic());
      for (Row row : gather(each, functions.col(KEY))) {
        keys.add(new Scales.KeyScale(row.getList(0), scale(row.getList(1))));
      }
    }
    return new Scales(LearntReader.FORMAT_VERSION, scale(all.get(0).getList(1)), keys);
  }

  /** The features that most rows have at their first time step; of two the fewer. */
  private int width(Dataset<Row> rows) {
    Column width = functions.size(functions.try_element_at(values, functions.lit(1)));
    List<Integer> widths =
        rows.select(width.as("width"))
            .filter("width > 0")
            .groupBy("width")
            .count()
            .orderBy(functions.col("count").desc(), functions.col("width").asc())
            .limit(1)
            .select("width")
            .as(Encoders.INT())
            .collectAsList();
    if (widths.isEmpty()) {
      throw noNumber();
    }
    return widths.get(0);
  }

  private IllegalArgumentException noNumber() {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "SequenceScaler: column \"%s\" (inputCol) has no number to learn from; at least one row"
                + " must hold a sequence that can be used. Check the column and handleInvalid"
                + " (\"%s\").",
            stage.getInputCol(),
            stage.getHandleInvalid()));
  }

  /** key, feature, value: one row for each number. */
  private Dataset<Row> numbers(Dataset<Row> rows, int width) {
    Column flaw =
        functions
            .udf(new FitFlaw(nested, width), DataTypes.StringType)
            .withName("flaw")
            .apply(values, key);
    Column checked = values;
    Dataset<Row> usable = rows;
    if (stage.getHandleInvalid().equals("error")) {
      checked =
          functions
              .when(flaw.isNotNull(), functions.raise_error(message(stage, schema, flaw)))
              .otherwise(values);
    } else {
      usable = rows.filter(flaw.isNull());
    }
    Column steps =
        nested ? checked : functions.transform(checked, number -> functions.array(number));
    // A zero may be -0, and which of the two is the least would depend on the order.
    Column positiveZero = functions.col(VALUE).plus(0.0);
    return usable
        .select(key.as(KEY), functions.explode(steps).as("step"))
        .select(
            functions.col(KEY),
            functions.posexplode(functions.col("step")).as(new String[] {FEATURE, VALUE}))
        .withColumn(VALUE, positiveZero);
  }

  /** "Stage: column "features" (inputCol): the row with id 17 ..." as a column. */
  static Column message(SequenceScalerParams stage, StructType schema, Column flaw) {
    return functions.concat(
        functions.lit(
            String.format(
                Locale.ROOT,
                "%s: column \"%s\" (inputCol): ",
                stage.getClass().getSimpleName(),
                stage.getInputCol())),
        RowText.describe(schema, stage.getInputCol()),
        functions.lit(" "),
        flaw,
        functions.lit(". Mend the row, or set handleInvalid to \"skip\" or \"keep\"."));
  }

  /** A struct of offset and divisor. */
  private Column statistic() {
    Column value = functions.col(VALUE);
    return switch (stage.getScaler()) {
      case "minMax" -> {
        Column least = functions.min(value);
        yield scaleStruct(least, functions.max(value).minus(least));
      }
      case "robust" -> {
        Column shares =
            functions.array(functions.lit(0.25), functions.lit(0.5), functions.lit(0.75));
        // One aggregate for the three, because it holds all distinct values.
        Column quartiles = functions.percentile(value, shares);
        yield scaleStruct(quartiles.getItem(1), quartiles.getItem(2).minus(quartiles.getItem(0)));
      }
      default ->
          functions.udaf(new MomentsAggregator(), Encoders.DOUBLE()).apply(value).as("scale");
    };
  }

  private static Column scaleStruct(Column offset, Column divisor) {
    return functions.struct(offset.as("offset"), divisor.as("divisor")).as("scale");
  }

  /** key, scales: the scale structs in the order of the features. */
  private static List<Row> gather(Dataset<Row> scales, Column by) {
    Column feature =
        functions.struct(
            functions.col(FEATURE),
            functions.col("scale.offset").as("offset"),
            functions.col("scale.divisor").as("divisor"));
    return scales
        .groupBy(by.as(KEY))
        .agg(functions.sort_array(functions.collect_list(feature)).as(SCALES))
        .orderBy(KEY)
        .collectAsList();
  }

  private static Scale scale(List<Row> features) {
    double[] offsets = features.stream().mapToDouble(row -> row.getDouble(1)).toArray();
    double[] divisors =
        features.stream()
            .mapToDouble(row -> row.getDouble(2))
            .map(divisor -> divisor == 0 ? 1 : divisor) // a constant feature
            .toArray();
    return new Scale(offsets, divisors);
  }

  /** Why a row can't be learnt from; null if it can. */
  private record FitFlaw(boolean nested, int width) implements UDF2<Seq<?>, Seq<String>, String> {
    @Override
    public String call(Seq<?> values, Seq<String> key) {
      if (key != null && key.contains(null)) {
        return "has a null key (keyCols); every row needs a key";
      }
      return NumberFlaw.of(values, nested, width);
    }
  }
}
