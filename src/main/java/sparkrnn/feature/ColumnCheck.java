package sparkrnn.feature;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import sparkrnn.versions.SparkCalls;

/** Checks the columns that a stage reads and makes, before any job runs. */
final class ColumnCheck {

  private final Params params;
  private final String stage;
  private final StructType schema;

  ColumnCheck(Params params, StructType schema) {
    this.params = params;
    this.stage = params.getClass().getSimpleName();
    this.schema = schema;
  }

  /** A column by its exact name, whatever characters it holds. */
  static Column column(String name) {
    return functions.col('`' + name.replace("`", "``") + '`');
  }

  /**
   * Checks that params without a default are set.
   *
   * @throws IllegalArgumentException naming the first that isn't
   */
  void set(Param<?>... required) {
    for (Param<?> param : required) {
      if (!params.isDefined(param)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: %s is not set; it is needed: %s. Set %s.",
                stage,
                param.name(),
                param.doc().replace("; required", ""),
                param.name()));
      }
    }
  }

  /**
   * The field of a column.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  StructField field(String param, String column) {
    for (StructField field : schema.fields()) {
      if (field.name().equals(column)) {
        return field;
      }
    }
    String names =
        Arrays.stream(schema.fieldNames())
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: there is no column \"%s\" (%s) in the data; it has %s. Set %s to one of them.",
            stage,
            column,
            param,
            names.isEmpty() ? "none" : names,
            param));
  }

  /**
   * Checks that columns hold numbers or booleans.
   *
   * @throws IllegalArgumentException if one doesn't
   */
  void numbers(String param, String... columns) {
    for (String column : columns) {
      DataType type = field(param, column).dataType();
      if (!isNumber(type)) {
        throw wrongType(
            param,
            column,
            type,
            "a number or boolean",
            "Cast it to double, or leave it out of " + param + ".");
      }
    }
  }

  /**
   * Checks that a column can be part of a key.
   *
   * @throws IllegalArgumentException if it can't
   */
  void key(String column) {
    DataType type = field("keyCols", column).dataType();
    boolean text = type instanceof StringType string && SparkCalls.comparesBytes(string);
    if (!text
        && !isCalendar(type)
        && !(type instanceof IntegralType)
        && !(type instanceof DecimalType)
        && !(type instanceof BooleanType)) {
      throw wrongType(
          "keyCols",
          column,
          type,
          "text, a whole number, decimal, boolean, date or timestamp",
          "Cast it, for example to string.");
    }
  }

  static boolean isCalendar(DataType type) {
    return type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType;
  }

  static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  IllegalArgumentException wrongType(
      String param, String column, DataType found, String wanted, String remedy) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: column \"%s\" (%s) is %s; it must be %s. %s",
            stage,
            column,
            param,
            found.catalogString(),
            wanted,
            remedy));
  }

  /**
   * Checks that a column that a stage adds isn't there yet.
   *
   * @throws IllegalArgumentException if it is
   */
  void absent(String param, String column) {
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the data already has a column \"%s\" (%s); it would be overwritten. Drop or"
                  + " rename it, or set %s to another name.",
              stage,
              column,
              param,
              param));
    }
  }

  /**
   * Checks that no two columns of the result share a name.
   *
   * @param made the params that name them; arrays name several
   * @throws IllegalArgumentException naming both params
   */
  void distinct(List<Param<?>> made) {
    Map<String, String> owners = new HashMap<>();
    for (Param<?> param : made) {
      Object value = params.getOrDefault(param);
      for (String name : value instanceof String[] names ? names : new String[] {(String) value}) {
        String owner = owners.putIfAbsent(name, param.name());
        if (owner != null) {
          throw new IllegalArgumentException(
              String.format(
                      Locale.ROOT,
                      "%s: %s and %s both name the column \"%s\" of the result; each needs a name of its own.",
                      stage,
                      owner,
                      param.name(),
                      name)
                  + String.format(Locale.ROOT, " Set %s to another one.", param.name()));
        }
      }
    }
  }
}
