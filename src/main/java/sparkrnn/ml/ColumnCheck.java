package sparkrnn.ml;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.ColumnLookup;
import sparkrnn.data.FeatureReader;
import sparkrnn.data.LabelDecoder;
import sparkrnn.network.NetworkSpec;

/** Checks the columns that a stage reads, before any job runs. */
final class ColumnCheck {

  private final RnnParams params;
  private final String stage;
  private final StructType schema;

  ColumnCheck(RnnParams params, StructType schema) {
    this.params = params;
    this.stage = params.getClass().getSimpleName();
    this.schema = schema;
  }

  /** Checks the columns of sequences before a fit. */
  void features() {
    FeatureReader.of(stage, FitInputs.features(params), schema);
  }

  /** Checks the columns of sequences and returns what reads them for a fitted network. */
  FeatureReader features(NetworkSpec spec) {
    return FeatureReader.of(stage, FitInputs.features(params, spec), schema);
  }

  /** The places of the columns of sequences in the rows. */
  int[] featurePlaces() {
    return FitInputs.features(params).names().stream().mapToInt(schema::fieldIndex).toArray();
  }

  /** Checks the column of labels and returns what decodes it. */
  LabelDecoder label() {
    return LabelDecoder.of(stage, schema, params.getLabelCol());
  }

  /** Whether labels are arrays or vectors, not numbers. */
  boolean arrayLabels() {
    label();
    return !(schema.apply(params.getLabelCol()).dataType() instanceof NumericType);
  }

  /** Checks the column of weights, if there is one. */
  void weight() {
    String column = FitInputs.textOrEmpty(params, params.weightCol());
    optional("weightCol", column, NumericType.class, "a number", "Cast it to double");
  }

  /** Checks the column of weights where it may have one for each time step, if there is one. */
  void stepWeights() {
    String column = FitInputs.textOrEmpty(params, params.weightCol());
    boolean several =
        !column.isEmpty()
            && ColumnLookup.type(stage, "weightCol", schema, column) instanceof ArrayType array
            && array.elementType() instanceof NumericType;
    if (!several) {
      String wanted = "a number, or an array of numbers with one for each time step";
      optional("weightCol", column, NumericType.class, wanted, "Cast it");
    }
  }

  /** Checks the column of weights where all labels of a sequence have one loss, if there is one. */
  void chainWeight() {
    String column = FitInputs.textOrEmpty(params, params.weightCol());
    if (!column.isEmpty()
        && ColumnLookup.type(stage, "weightCol", schema, column) instanceof ArrayType array) {
      throw ColumnLookup.wrongType(
          stage,
          "weightCol",
          column,
          array,
          "a number where crf is true, because all labels of a sequence then have one loss",
          "Set weightCol to a column with a number for each row, or crf to false.");
    }
    weight();
  }

  /** Checks the columns that say what is held out, if there are such. */
  void validation() {
    String indicator = FitInputs.textOrEmpty(params, params.validationIndicatorCol());
    optional(
        "validationIndicatorCol", indicator, BooleanType.class, "boolean", "Cast it to boolean");
    String split = FitInputs.textOrEmpty(params, params.validationSplitCol());
    boolean read = params.getValidationFraction() > 0;
    if (read && !split.isEmpty() && !params.getValidationSplit().equals("random")) {
      ColumnLookup.type(stage, "validationSplitCol", schema, split);
    }
  }

  private void optional(
      String param, String column, Class<? extends DataType> wanted, String name, String remedy) {
    if (column.isEmpty()) {
      return;
    }
    DataType type = ColumnLookup.type(stage, param, schema, column);
    if (!wanted.isInstance(type)) {
      throw ColumnLookup.wrongType(
          stage, param, column, type, name, remedy + ", or clear " + param + ".");
    }
  }

  /** Checks that a column that will be added isn't there yet. */
  static void isNew(String stage, StructType schema, String param, String column) {
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the data already has a column \"%s\" (%s); it would be overwritten."
                  + " Drop or rename it, or set %s to another name.",
              stage,
              column,
              param,
              param));
    }
  }
}
