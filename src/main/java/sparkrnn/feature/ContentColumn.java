package sparkrnn.feature;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The column of content that a stage reads, and the column of sequences that it adds. */
final class ContentColumn {

  private static final DataType SEQUENCE =
      DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private final ContentParams stage;
  private final StructType schema;
  private final ColumnCheck check;
  private final DataType type;

  /**
   * Checks that there is such a column.
   *
   * @throws IllegalArgumentException if it is not set or missing, or outputCol is there already
   */
  ContentColumn(ContentParams stage, StructType schema) {
    this.stage = stage;
    this.schema = schema;
    check = new ColumnCheck(stage, schema);
    check.set(stage.inputCol());
    type = check.field("inputCol", stage.getInputCol()).dataType();
    check.absent("outputCol", stage.getOutputCol());
  }

  DataType type() {
    return type;
  }

  IllegalArgumentException wrongType(String wanted, String remedy) {
    return check.wrongType("inputCol", stage.getInputCol(), type, wanted, remedy);
  }

  /** The columns of the data and outputCol. */
  StructType output() {
    return schema.add(stage.getOutputCol(), SEQUENCE, true);
  }

  /** Says which row is meant, for messages. */
  Column row() {
    return RowText.describe(schema, stage.getInputCol());
  }

  /**
   * The rows with their sequences, under handleInvalid.
   *
   * @param row says which row is meant
   * @param needed what a null row lacks
   */
  Dataset<Row> with(Dataset<?> dataset, ContentReader reader, Column row, String needed) {
    String column =
        stage.getClass().getSimpleName() + ": column \"" + stage.getInputCol() + "\" (inputCol)";
    boolean skips = stage.getHandleInvalid().equals("skip");
    ContentTask task =
        new ContentTask(reader, column, needed, stage.getHandleInvalid().equals("error"));
    UserDefinedFunction reading = functions.udf(task, SEQUENCE).withName("sequence");
    if (skips) {
      // Else Spark moves the filter below and reads all content twice.
      reading = reading.asNondeterministic();
    }
    Column sequence = reading.apply(ColumnCheck.column(stage.getInputCol()), row);
    Dataset<Row> rows =
        dataset.toDF().select(functions.col("*"), sequence.as(stage.getOutputCol()));
    return skips ? rows.filter(ColumnCheck.column(stage.getOutputCol()).isNotNull()) : rows;
  }
}
