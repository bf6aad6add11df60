package sparkrnn.ml;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.SequenceDecoder;

/** Checks the columns that a stage reads, before any job runs. */
final class ColumnCheck {

  private final String stage;
  private final StructType schema;

  ColumnCheck(RnnParams stage, StructType schema) {
    this.stage = stage.getClass().getSimpleName();
    this.schema = schema;
  }

  /** Checks the column of sequences and returns what decodes it. */
  SequenceDecoder features(RnnParams params) {
    field(params.featuresCol().name(), params.getFeaturesCol());
    return SequenceDecoder.of(stage, "featuresCol", schema, params.getFeaturesCol());
  }

  /** Checks the column of labels and says whether they are arrays or vectors. */
  boolean arrayLabels(RnnParams params) {
    String column = params.getLabelCol();
    DataType type = field("labelCol", column).dataType();
    if (type instanceof NumericType) {
      return false;
    }
    if (isArrayOfNumbers(type) || SQLDataTypes.VectorType().equals(type)) {
      return true;
    }
    String remedy =
        type instanceof StringType
            ? "Turn it into a number first, for example with StringIndexer."
            : "Set labelCol to another column, or turn this one into numbers.";
    throw typeRefusal("labelCol", column, type, "a number, array<number> or vector", remedy);
  }

  /** Checks the columns that may be unset. */
  void optionalColumns(RnnParams params) {
    weight(params);
    String indicator = FitInputs.textOrEmpty(params, params.validationIndicatorCol());
    if (!indicator.isEmpty()
        && !(field("validationIndicatorCol", indicator).dataType() instanceof BooleanType)) {
      throw typeRefusal(
          "validationIndicatorCol",
          indicator,
          field("validationIndicatorCol", indicator).dataType(),
          "boolean",
          "Cast it to boolean, or clear validationIndicatorCol.");
    }
    String split = FitInputs.textOrEmpty(params, params.validationSplitCol());
    if (!split.isEmpty() && !params.getValidationSplit().equals("random")) {
      field("validationSplitCol", split);
    }
  }

  /** Checks the column of weights, if there is one. */
  void weight(RnnParams params) {
    String column = FitInputs.textOrEmpty(params, params.weightCol());
    if (column.isEmpty()) {
      return;
    }
    DataType type = field("weightCol", column).dataType();
    if (!(type instanceof NumericType)) {
      throw typeRefusal(
          "weightCol", column, type, "a number", "Cast it to double, or clear weightCol.");
    }
  }

  /** Checks that a column to write isn't there yet. */
  void absent(String param, String column) {
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: the data already has a column \"%s\" (%s); it would be overwritten. Drop or"
                  + " rename it, or set %s to another name.",
              stage, column, param, param));
    }
  }

  private StructField field(String param, String column) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      String columns =
          Arrays.stream(schema.fieldNames())
              .map(name -> '"' + name + '"')
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          String.format(
              "%s: there is no column \"%s\" (%s) in the data; it has %s. Set %s to one of them.",
              stage, column, param, columns.isEmpty() ? "no columns" : columns, param));
    }
    return schema.apply(column);
  }

  private static boolean isArrayOfNumbers(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof NumericType;
  }

  private IllegalArgumentException typeRefusal(
      String param, String column, DataType found, String needed, String remedy) {
    return new IllegalArgumentException(
        String.format(
            "%s: column \"%s\" (%s) is %s; it must be %s. %s",
            stage, column, param, found.simpleString(), needed, remedy));
  }
}
