package sparkrnn.feature;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that a {@link SequenceAssembler} reads and makes. */
final class SequenceSchema {

  private final SequenceAssembler stage;
  private final ColumnCheck check;

  SequenceSchema(SequenceAssembler stage, StructType input) {
    this.stage = stage;
    this.check = new ColumnCheck(stage, input);
  }

  /**
   * Checks params and columns and gives the columns of the result.
   *
   * @throws IllegalArgumentException if a param is not set, or a column is missing or of another
   *     type
   */
  StructType output() {
    check.set(stage.keyCols(), stage.timeCol(), stage.valueCols());
    for (String key : stage.getKeyCols()) {
      check.key(key);
    }
    checkTime();
    for (String column : stage.getValueCols()) {
      checkValue(column);
    }
    for (String column : stage.getCarryCols()) {
      checkCarried(column);
    }
    check.distinct(List.of(stage.keyCols(), stage.carryCols(), stage.featuresCol()));
    StructType output = new StructType();
    for (String key : stage.getKeyCols()) {
      output = output.add(check.field("keyCols", key));
    }
    for (String column : stage.getCarryCols()) {
      StructField field = check.field("carryCols", column);
      output = output.add(column, field.dataType(), true, field.metadata());
    }
    return output.add(stage.getFeaturesCol(), DataTypes.createArrayType(timeStepType()), true);
  }

  private DataType timeStepType() {
    String[] columns = stage.getValueCols();
    boolean single =
        columns.length == 1
            && ColumnCheck.isNumber(check.field("valueCols", columns[0]).dataType());
    return single ? DataTypes.DoubleType : DataTypes.createArrayType(DataTypes.DoubleType);
  }

  private void checkTime() {
    String column = stage.getTimeCol();
    DataType type = check.field("timeCol", column).dataType();
    if (!(type instanceof NumericType)
        && !(type instanceof StringType)
        && !ColumnCheck.isCalendar(type)) {
      throw check.wrongType(
          "timeCol",
          column,
          type,
          "a number, text, timestamp or date",
          "Cast it to one of them, such as timestamp.");
    }
  }

  private void checkValue(String column) {
    DataType type = check.field("valueCols", column).dataType();
    boolean array = type instanceof ArrayType a && a.elementType() instanceof NumericType;
    if (!ColumnCheck.isNumber(type) && !ColumnCheck.isVector(type) && !array) {
      throw check.wrongType(
          "valueCols",
          column,
          type,
          "a number, boolean, vector or array of numbers",
          "Cast it to double, or leave it out of valueCols.");
    }
  }

  private void checkCarried(String column) {
    DataType type = check.field("carryCols", column).dataType();
    if (type instanceof MapType) {
      throw check.wrongType(
          "carryCols",
          column,
          type,
          "a type whose values can be compared",
          "Turn it into an array of its entries, or leave it out of carryCols.");
    }
  }
}
