package sparkrnn.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Checks the columns of a scaler, before any job runs. */
final class ScalerSchema {

  private final SequenceScalerParams stage;
  private final StructType schema;
  private final ColumnCheck check;
  private final DataType type;

  /**
   * Checks that inputCol and keyCols can be used.
   *
   * @throws IllegalArgumentException if one is not set, missing or of another type
   */
  ScalerSchema(SequenceScalerParams stage, StructType schema) {
    this.stage = stage;
    this.schema = schema;
    this.check = new ColumnCheck(stage, schema);
    check.set(stage.inputCol());
    this.type = check.field("inputCol", stage.getInputCol()).dataType();
    for (String key : stage.getKeyCols()) {
      check.key(key);
    }
  }

  /**
   * Checks that the column holds sequences.
   *
   * @throws IllegalArgumentException if it doesn't
   */
  void sequences() {
    Optional<NumberShape> shape = NumberShape.of(type);
    if (shape.isEmpty() || shape.get() == NumberShape.SINGLE || ColumnCheck.isVector(type)) {
      throw check.wrongType(
          "inputCol",
          stage.getInputCol(),
          type,
          "array<double>, array<float>, array<array<...>> or array<vector>",
          "Turn it into an array first, for example with SequenceAssembler.");
    }
  }

  /**
   * The shape of the column.
   *
   * @throws IllegalArgumentException if it does not hold numbers
   */
  NumberShape shape() {
    return NumberShape.of(type)
        .orElseThrow(
            () ->
                check.wrongType(
                    "inputCol",
                    stage.getInputCol(),
                    type,
                    "a number, a vector, array<number>, array<array<number>> or array<vector>",
                    "Cast it, or name another column."));
  }

  /**
   * The features that the column holds: those of featureIndices, or all.
   *
   * @param known how many the model has
   * @throws IllegalArgumentException if there is no such feature, or several in a single number
   */
  int[] features(int[] indices, int known) {
    for (int index : indices) {
      if (index >= known) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: featureIndices is %s; the model has features 0 to %d. Set featureIndices to"
                    + " some of them.",
                stage.getClass().getSimpleName(),
                Arrays.toString(indices),
                known - 1));
      }
    }
    int[] features = new int[indices.length == 0 ? known : indices.length];
    Arrays.setAll(features, i -> indices.length == 0 ? i : indices[i]);
    if (shape() == NumberShape.SINGLE && features.length > 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\" (inputCol) is %s, one number, and %d features are scaled; it can"
                  + " hold one. Set featureIndices to the feature that it holds.",
              stage.getClass().getSimpleName(),
              stage.getInputCol(),
              type.catalogString(),
              features.length));
    }
    return features;
  }

  /**
   * The columns of the data and outputCol.
   *
   * @throws IllegalArgumentException if outputCol is there already
   */
  StructType output() {
    check.absent("outputCol", stage.getOutputCol());
    return schema.add(stage.getOutputCol(), shape().made(), true);
  }
}
