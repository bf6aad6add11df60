package sparkrnn.feature;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** The tokens of a text column, in the words of a query; the same in fit and transform. */
final class TokenColumn {

  private final TokenIndexerParams stage;
  private final StructType schema;
  private final Column text;

  /**
   * Checks the column.
   *
   * @throws IllegalArgumentException if it is not set, missing or of another type
   */
  TokenColumn(TokenIndexerParams stage, StructType schema) {
    this.stage = stage;
    this.schema = schema;
    ColumnCheck check = new ColumnCheck(stage, schema);
    check.set(stage.inputCol());
    checkType(check, check.field("inputCol", stage.getInputCol()).dataType());
    this.text = ColumnCheck.column(stage.getInputCol());
  }

  private void checkType(ColumnCheck check, DataType type) {
    boolean array = type instanceof ArrayType a && a.elementType() instanceof StringType;
    if (stage.getTokens().equals("array") && !array) {
      throw check.wrongType(
          "inputCol",
          stage.getInputCol(),
          type,
          "array<string>, because tokens is \"array\"",
          "Name another column, or set tokens to \"characters\" or \"words\".");
    }
    if (!stage.getTokens().equals("array") && !(type instanceof StringType)) {
      throw check.wrongType(
          "inputCol",
          stage.getInputCol(),
          type,
          "string, because tokens is \"" + stage.getTokens() + '"',
          array ? "Set tokens to \"array\"." : "Cast it to string, or name another column.");
    }
  }

  /** array&lt;string&gt;; null where the text is. */
  Column tokens() {
    return switch (stage.getTokens()) {
      case "array" -> array();
      case "words" -> matches(stage.getPattern());
      default -> matches("(?s)."); // a dot is a whole code point, a line break too
    };
  }

  private Column array() {
    Column plain = text.cast(DataTypes.createArrayType(DataTypes.StringType));
    return stage.getLowercase() ? functions.transform(plain, functions::lower) : plain;
  }

  private Column matches(String pattern) {
    Column plain = text.cast(DataTypes.StringType);
    Column found =
        functions.regexp_extract_all(
            stage.getLowercase() ? functions.lower(plain) : plain,
            functions.lit(pattern),
            functions.lit(0));
    // A pattern may match nothing at all, as a* does between any two other letters.
    return functions.filter(found, token -> token.notEqual(""));
  }

  /**
   * The rows whose text can be used: all with error, which stops at the others in {@link #checked};
   * all with keep.
   */
  Dataset<Row> usable(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    return stage.getHandleInvalid().equals("skip") ? rows.filter(problem().isNull()) : rows;
  }

  /** The value, or with error the message about a row that can't be used. */
  Column checked(Column value) {
    if (!stage.getHandleInvalid().equals("error")) {
      return value;
    }
    Column message =
        functions.concat(
            functions.lit(
                String.format(
                    Locale.ROOT,
                    "%s: column \"%s\" (inputCol) ",
                    stage.getClass().getSimpleName(),
                    stage.getInputCol())),
            problem(),
            functions.lit(" in "),
            RowText.describe(schema, stage.getInputCol()),
            functions.lit(
                "; every row needs at least one token. Mend the row, or set handleInvalid to"
                    + " \"skip\" or \"keep\"."));
    return functions.when(problem().isNotNull(), functions.raise_error(message)).otherwise(value);
  }

  /** What is wrong with a text, or null. */
  private Column problem() {
    Column problem =
        functions
            .when(text.isNull(), functions.lit("is null"))
            .when(functions.size(tokens()).equalTo(0), functions.lit("holds no token"));
    return stage.getTokens().equals("array")
        ? problem.when(functions.exists(text, Column::isNull), functions.lit("holds a null token"))
        : problem;
  }
}
