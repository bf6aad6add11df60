package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Checks the rows of a fit and turns them into {@link EncodedRow}s. */
final class RowEncoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int FEATURES = 0;
  private static final int LABEL = 1;
  private static final int WEIGHT = 2;
  private static final int VALIDATION = 3;

  private final SequenceColumns columns;
  private final SequenceDecoder features;
  private final LabelDecoder label;
  private final RowDescription description;

  /**
   * Checks the schema.
   *
   * @throws IllegalArgumentException if a column is missing or has another type than is needed
   */
  RowEncoder(SequenceColumns columns, StructType schema) {
    this.columns = columns;
    this.features =
        SequenceDecoder.of(columns.owner(), "featuresCol", schema, columns.featuresCol());
    this.label = columns.labels().decoder(columns.owner(), schema, columns.labelCol());
    checkType(schema, "weightCol", columns.weightCol(), NumericType.class, "a number");
    checkType(
        schema,
        "validationIndicatorCol",
        columns.validationIndicatorCol(),
        BooleanType.class,
        "boolean");
    this.description =
        RowDescription.of(
            schema, Set.of(columns.featuresCol(), columns.labelCol(), "\0" + columns.weightCol()));
  }

  private void checkType(
      StructType schema,
      String param,
      String column,
      Class<? extends DataType> wanted,
      String wantedName) {
    if (column.isEmpty()) {
      return;
    }
    DataType type = ColumnLookup.type(columns.owner(), param, schema, column);
    if (!wanted.isInstance(type)) {
      throw ColumnLookup.wrongType(
          columns.owner(), param, column, type, wantedName, "Cast it, or leave the param unset.");
    }
  }

  /**
   * The columns that {@link #encode} reads.
   *
   * @param validation whether a row is held out, where no column of the data says so
   */
  Dataset<Row> project(Dataset<?> dataset, Column validation) {
    List<Column> selected = new ArrayList<>();
    selected.add(column(dataset, columns.featuresCol()).as("features"));
    selected.add(column(dataset, columns.labelCol()).as("label"));
    selected.add(
        columns.weightCol().isEmpty()
            ? functions.lit(1.0).as("weight")
            : column(dataset, columns.weightCol()).cast("double").as("weight"));
    selected.add(
        (columns.validationIndicatorCol().isEmpty()
                ? validation
                : column(dataset, columns.validationIndicatorCol()))
            .as("validation"));
    Set<String> taken = new HashSet<>();
    for (String name : description.columns()) {
      if (taken.add(name)) {
        selected.add(column(dataset, name));
      }
    }
    return dataset.select(selected.toArray(new Column[0]));
  }

  static Column column(Dataset<?> dataset, String name) {
    return dataset.col("`" + name.replace("`", "``") + "`");
  }

  boolean skipsInvalid() {
    return columns.handleInvalid().equals("skip");
  }

  /**
   * The bytes of a row.
   *
   * @throws InvalidSequenceException with column, row and what is needed
   */
  byte[] encode(Row row) throws InvalidSequenceException {
    String column = columns.featuresCol();
    try {
      DecodedSequence sequence = features.decode(row.get(FEATURES), 0);
      column = columns.labelCol();
      float[] target = label.decode(row.get(LABEL));
      column = columns.weightCol();
      float weight = (float) (weight(row) * label.weight(row.get(LABEL)));
      column = columns.validationIndicatorCol();
      return EncodedRow.encode(sequence, target, weight, validation(row));
    } catch (InvalidSequenceException invalid) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "column \"%s\": %s %s. Mend the row, or set handleInvalid to \"skip\".",
              column,
              description.describe(row),
              invalid.getMessage()));
    }
  }

  /** For a message about a row that is valid in itself. */
  String describe(Row row) {
    return description.describe(row);
  }

  private static float weight(Row row) throws InvalidSequenceException {
    if (row.isNullAt(WEIGHT)) {
      throw new InvalidSequenceException("has no weight; every row needs one");
    }
    float weight = (float) row.getDouble(WEIGHT);
    if (!(weight >= 0) || !Float.isFinite(weight)) {
      throw new InvalidSequenceException(
          "has weight "
              + row.getDouble(WEIGHT)
              + "; weights must be finite in float32 and not negative");
    }
    return weight;
  }

  private static boolean validation(Row row) throws InvalidSequenceException {
    if (row.isNullAt(VALIDATION)) {
      throw new InvalidSequenceException(
          "is null; every row needs true (validation) or false (training)");
    }
    return row.getBoolean(VALIDATION);
  }
}
