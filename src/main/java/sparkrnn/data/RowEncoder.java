package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks the rows of a fit and turns them into {@link EncodedRow}s. */
final class RowEncoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final SequenceColumns columns;
  private final FeatureReader features;
  private final int[] featurePlaces;
  private final int labelPlace;
  private final int weightPlace;
  private final int validationPlace;
  private final int targetsPerStep;
  private final boolean weightPerStep;
  private final LabelDecoder label;
  private final RowDescription description;

  /**
   * Checks the schema.
   *
   * @throws IllegalArgumentException if a column is missing or has another type than is needed
   */
  RowEncoder(SequenceColumns columns, StructType schema) {
    this.columns = columns;
    this.features = FeatureReader.of(columns.owner(), columns.features(), schema);
    int count = columns.features().names().size();
    this.featurePlaces = IntStream.range(0, count).toArray();
    this.labelPlace = count;
    this.weightPlace = count + 1;
    this.validationPlace = count + 2;
    this.targetsPerStep = columns.labels().targetsPerStep();
    this.weightPerStep = targetsPerStep > 0 && isArray(schema, columns.weightCol());
    this.label = columns.labels().decoder(columns.owner(), schema, columns.labelCol());
    if (!weightPerStep) {
      checkType(schema, "weightCol", columns.weightCol(), NumericType.class, "a number");
    }
    checkType(
        schema,
        "validationIndicatorCol",
        columns.validationIndicatorCol(),
        BooleanType.class,
        "boolean");
    Set<String> leftOut = new HashSet<>(columns.features().names());
    leftOut.addAll(List.of(columns.labelCol(), columns.weightCol()));
    this.description = RowDescription.of(schema, leftOut);
  }

  private static boolean isArray(StructType schema, String column) {
    return List.of(schema.fieldNames()).contains(column)
        && schema.apply(column).dataType() instanceof ArrayType array
        && array.elementType() instanceof NumericType;
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
    for (int i = 0; i < featurePlaces.length; i++) {
      String name = columns.features().names().get(i);
      StructField field = dataset.schema().apply(name);
      selected.add(BinaryColumns.binary(column(dataset, name), field).as("features" + i));
    }
    selected.add(column(dataset, columns.labelCol()).as("label"));
    selected.add(
        columns.weightCol().isEmpty()
            ? functions.lit(1.0).as("weight")
            : column(dataset, columns.weightCol())
                .cast(weightPerStep ? "array<double>" : "double")
                .as("weight"));
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
    String column = "";
    try {
      DecodedSequence sequence = features.read(row, featurePlaces, 0);
      column = columns.labelCol();
      float[] target = label.decode(row.get(labelPlace));
      column = columns.weightCol();
      double labelWeight = label.weight(row.get(labelPlace));
      float[] weights = weightPerStep ? stepWeights(row, sequence) : rowWeight(row);
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (weights[i] * labelWeight);
      }
      column = columns.validationIndicatorCol();
      boolean validation = validation(row);
      column = columns.labelCol();
      return encode(sequence, target, weights, validation);
    } catch (InvalidSequenceException invalid) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "column \"%s\": %s %s. Mend the row, or set handleInvalid to \"skip\".",
              invalid.column().isEmpty() ? column : invalid.column(),
              description.describe(row),
              invalid.getMessage()));
    }
  }

  /** For a message about a row that is valid in itself. */
  String describe(Row row) {
    return description.describe(row);
  }

  private byte[] encode(
      DecodedSequence sequence, float[] target, float[] weights, boolean validation)
      throws InvalidSequenceException {
    if (targetsPerStep == 0) {
      return EncodedRow.encode(sequence, target, weights[0], validation);
    }
    DecodedSequence joined = StepTargets.join(sequence, target, weights, targetsPerStep);
    return EncodedRow.encode(joined, new float[0], StepTargets.weightSum(joined), validation);
  }

  private float[] rowWeight(Row row) throws InvalidSequenceException {
    if (row.isNullAt(weightPlace)) {
      throw new InvalidSequenceException("has no weight; every row needs one");
    }
    float weight = (float) row.getDouble(weightPlace);
    if (!(weight >= 0) || !Float.isFinite(weight)) {
      throw new InvalidSequenceException(
          "has weight "
              + row.getDouble(weightPlace)
              + "; weights must be finite in float32 and not negative");
    }
    return new float[] {weight};
  }

  private float[] stepWeights(Row row, DecodedSequence sequence) throws InvalidSequenceException {
    if (row.isNullAt(weightPlace)) {
      throw new InvalidSequenceException("has no weights; every row needs one for each time step");
    }
    Object value = row.get(weightPlace);
    int size = NumberReader.size(value);
    if (size != sequence.timeSteps()) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "has %d weights and %d time steps; every time step needs one",
              size,
              sequence.timeSteps()));
    }
    float[] weights = new float[size];
    int wrong = NumberReader.copy(value, weights, 0);
    for (int t = 0; t < size; t++) {
      if (t == wrong || weights[t] < 0) {
        throw new InvalidSequenceException(
            String.format(
                Locale.ROOT,
                "has weight %s at time step %d; weights must be finite in float32 and not negative",
                NumberReader.show(value, t),
                t));
      }
    }
    return weights;
  }

  private boolean validation(Row row) throws InvalidSequenceException {
    if (row.isNullAt(validationPlace)) {
      throw new InvalidSequenceException(
          "is null; every row needs true (validation) or false (training)");
    }
    return row.getBoolean(validationPlace);
  }
}
