package sparkrnn.data;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Says by an expression on the row alone whether it is held out for validation, so that the answer
 * does not depend on how the data is partitioned.
 */
final class ValidationMarker {

  private static final double UNIT = 1.0 / (1L << 53);

  private ValidationMarker() {}

  /**
   * A boolean column; null where the split column is null, which the encoder reports.
   *
   * @throws IllegalArgumentException if the split's column is missing or can't order rows
   */
  static Column column(
      Dataset<?> dataset, SequenceColumns columns, ValidationSplit split, long seed) {
    if (split.fraction() == 0) {
      return functions.lit(false);
    }
    return switch (split.kind()) {
      case "random" ->
          below(
              split.fraction(),
              seed,
              Stream.concat(columns.features().names().stream(), Stream.of(columns.labelCol()))
                  .map(name -> RowEncoder.column(dataset, name))
                  .toArray(Column[]::new));
      case "key" -> byKey(dataset, columns, split, seed);
      case "time" -> byTime(dataset, columns, split);
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s: validationSplit is \"%s\"; it must be random, time or key.",
                  columns.owner(),
                  split.kind()));
    };
  }

  private static Column byKey(
      Dataset<?> dataset, SequenceColumns columns, ValidationSplit split, long seed) {
    ColumnLookup.type(columns.owner(), "validationSplitCol", dataset.schema(), split.column());
    Column key = RowEncoder.column(dataset, split.column());
    return functions.when(key.isNotNull(), below(split.fraction(), seed, key));
  }

  /** Whether a uniform number made of the values' hash and the seed is below the fraction. */
  private static Column below(double fraction, long seed, Column... values) {
    Column[] hashed = new Column[values.length + 1];
    hashed[0] = functions.lit(seed);
    System.arraycopy(values, 0, hashed, 1, values.length);
    Column uniform =
        functions.shiftrightunsigned(functions.xxhash64(hashed), 11).cast("double").multiply(UNIT);
    return uniform.lt(fraction);
  }

  private static Column byTime(Dataset<?> dataset, SequenceColumns columns, ValidationSplit split) {
    DataType type =
        ColumnLookup.type(columns.owner(), "validationSplitCol", dataset.schema(), split.column());
    if (!(type instanceof NumericType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType)) {
      throw ColumnLookup.wrongType(
          columns.owner(),
          "validationSplitCol",
          split.column(),
          type,
          "a number, date or timestamp",
          "Cast it, or split by \"key\".");
    }
    Column time = RowEncoder.column(dataset, split.column());
    Column number = type instanceof NumericType ? time : time.cast("timestamp");
    number = number.cast("double");
    double[] threshold =
        dataset
            .select(number.as("time"))
            .stat()
            .approxQuantile("time", new double[] {1 - split.fraction()}, 0);
    return threshold.length == 0 ? functions.lit(false) : number.gt(threshold[0]);
  }
}
