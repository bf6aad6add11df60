package sparkrnn.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructType;

/** The query behind a {@link SequenceAssembler}; params and columns are already checked. */
final class SequenceAggregation {

  private static final String TIME = "time";
  private static final String STEP = "step";
  private static final String EVENT = "event";

  private final SequenceAssembler stage;
  private final StructType schema;
  private final String[] keys;
  private final String[] carried;

  SequenceAggregation(SequenceAssembler stage, StructType schema) {
    this.stage = stage;
    this.schema = schema;
    this.keys = stage.getKeyCols();
    this.carried = stage.getCarryCols();
  }

  /** The keys, carried columns and sequences, under their names. */
  Dataset<Row> of(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    if (stage.getHandleInvalid().equals("skip")) {
      for (Invalid invalid : invalid()) {
        rows = rows.filter(functions.not(invalid.condition()));
      }
    }
    Dataset<Row> gathered = gather(rows.select(events()));
    List<Column> result = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      result.add(functions.col(key(i)).as(keys[i]));
    }
    for (int i = 0; i < carried.length; i++) {
      result.add(theOne(i).as(carried[i]));
    }
    result.add(sequence().as(stage.getFeaturesCol()));
    return gathered.select(result.toArray(Column[]::new));
  }

  private static String key(int index) {
    return "key" + index;
  }

  private static String carry(int index) {
    return "carry" + index;
  }

  /** key0, key1, ..., carry0 as a struct, ..., event: struct of time and time step. */
  private Column[] events() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      columns.add(ColumnCheck.column(keys[i]).as(key(i)));
    }
    for (int i = 0; i < carried.length; i++) {
      // In a struct, because null counts as a value too.
      columns.add(functions.struct(ColumnCheck.column(carried[i]).as("value")).as(carry(i)));
    }
    Column time = ColumnCheck.column(stage.getTimeCol()).as(TIME);
    columns.add(functions.struct(time, checkedStep().as(STEP)).as(EVENT));
    return columns.toArray(Column[]::new);
  }

  private Dataset<Row> gather(Dataset<Row> events) {
    Column[] by = new Column[keys.length];
    Arrays.setAll(by, i -> functions.col(key(i)));
    Column[] carriedSets = new Column[carried.length];
    Arrays.setAll(carriedSets, i -> functions.collect_set(functions.col(carry(i))).as(carry(i)));
    Column list = functions.collect_list(functions.col(EVENT)).as(EVENT);
    return events.groupBy(by).agg(list, carriedSets);
  }

  private Column sequence() {
    Column sorted = functions.array_sort(functions.col(EVENT));
    int most = stage.getMaxLength();
    Column last =
        most == 0
            ? sorted
            : functions
                .when(functions.size(sorted).gt(most), functions.slice(sorted, -most, most))
                .otherwise(sorted);
    return functions.transform(last, event -> event.getField(STEP));
  }

  /** The value of a carried column, or an error if the key has several. */
  private Column theOne(int index) {
    Column values = functions.col(carry(index));
    Column texts =
        functions.sort_array(functions.transform(values, value -> text(value.getField("value"))));
    List<Column> keyColumns = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      keyColumns.add(functions.col(key(i)));
    }
    Column message =
        functions.concat(
            functions.lit("SequenceAssembler: column \"" + carried[index] + "\" (carryCols) is "),
            texts.getItem(0),
            functions.lit(" and also "),
            texts.getItem(1),
            functions.lit(" in the sequence with "),
            describe(keyColumns),
            functions.lit(
                "; it must be the same in all rows of a key. Aggregate it first, or leave it out of"
                    + " carryCols."));
    return functions
        .when(functions.size(values).gt(1), functions.raise_error(message))
        .otherwise(values.getItem(0).getField("value"));
  }

  /** The features of one time step, or an error if the row can't be used. */
  private Column checkedStep() {
    if (!stage.getHandleInvalid().equals("error")) {
      return step();
    }
    List<Invalid> all = invalid();
    Column checked = null;
    for (Invalid invalid : all) {
      Column error = functions.raise_error(invalid.message());
      checked =
          checked == null
              ? functions.when(invalid.condition(), error)
              : checked.when(invalid.condition(), error);
    }
    return checked.otherwise(step());
  }

  private Column step() {
    String[] values = stage.getValueCols();
    if (values.length == 1) {
      return number(values[0]) ? scalar(values[0]) : array(values[0]);
    }
    return functions.concat(
        Arrays.stream(values)
            .map(name -> number(name) ? functions.array(scalar(name)) : array(name))
            .toArray(Column[]::new));
  }

  private DataType type(String name) {
    return schema.apply(name).dataType();
  }

  private boolean number(String name) {
    return ColumnCheck.isNumber(type(name));
  }

  private static Column scalar(String name) {
    Column number = ColumnCheck.column(name).cast(DataTypes.DoubleType);
    return functions.coalesce(number, functions.lit(Double.NaN));
  }

  private Column array(String name) {
    Column column = ColumnCheck.column(name);
    Column numbers =
        ColumnCheck.isVector(type(name))
            // vector_to_array refuses null.
            ? functions.when(
                column.isNotNull(),
                org.apache.spark.ml.functions.vector_to_array(column, "float64"))
            : column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
    return functions.transform(
        numbers, number -> functions.coalesce(number, functions.lit(Double.NaN)));
  }

  /** A reason not to use a row, and the message that says so. */
  private record Invalid(Column condition, Column message) {}

  private List<Invalid> invalid() {
    List<Invalid> all = new ArrayList<>();
    for (String key : keys) {
      Column column = ColumnCheck.column(key);
      all.add(new Invalid(column.isNull(), message(key, "keyCols", "is null")));
    }
    String time = stage.getTimeCol();
    Column at = ColumnCheck.column(time);
    boolean real = type(time) instanceof DoubleType || type(time) instanceof FloatType;
    Column noTime = real ? at.isNull().or(at.isNaN()) : at.isNull();
    all.add(new Invalid(noTime, message(time, "timeCol", "is null or NaN")));
    for (String value : stage.getValueCols()) {
      Column condition =
          number(value)
              ? notFinite(scalar(value))
              : ColumnCheck.column(value)
                  .isNull()
                  .or(functions.exists(array(value), SequenceAggregation::notFinite));
      all.add(
          new Invalid(condition, message(value, "valueCols", "is or holds null, NaN or infinity")));
    }
    return all;
  }

  private static Column notFinite(Column number) {
    return number.isNaN().or(functions.abs(number).equalTo(Double.POSITIVE_INFINITY));
  }

  private Column message(String column, String param, String found) {
    return functions.concat(
        functions.lit(
            String.format(
                Locale.ROOT,
                "SequenceAssembler: column \"%s\" (%s) %s in the row with ",
                column,
                param,
                found)),
        describe(Arrays.stream(keys).map(ColumnCheck::column).toList()),
        functions.lit(", " + stage.getTimeCol() + " "),
        text(ColumnCheck.column(stage.getTimeCol())),
        functions.lit(
            "; every event needs a key, a time and finite numbers. Mend the row, or set"
                + " handleInvalid to \"skip\" or \"keep\"."));
  }

  /** "user 3, visit 7". */
  private Column describe(List<Column> keyColumns) {
    List<Column> parts = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      parts.add(functions.lit((i == 0 ? "" : ", ") + keys[i] + " "));
      parts.add(text(keyColumns.get(i)));
    }
    return functions.concat(parts.toArray(Column[]::new));
  }

  private static Column text(Column column) {
    return functions.coalesce(column.cast(DataTypes.StringType), functions.lit("null"));
  }
}
