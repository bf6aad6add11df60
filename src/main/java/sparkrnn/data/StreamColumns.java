package sparkrnn.data;

import java.io.Serializable;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of streams of tokens.
 *
 * @param owner the stage, for messages
 * @param tokensCol a text, or an array of texts or of ids
 * @param orderCol in whose order streams follow one another; empty for that of their content
 * @param validationIndicatorCol a boolean; empty for none
 * @param handleInvalid "error" or "skip"
 */
public record StreamColumns(
    String owner,
    String tokensCol,
    String orderCol,
    String validationIndicatorCol,
    String handleInvalid)
    implements Serializable {

  /**
   * Checks the columns besides that of the tokens.
   *
   * @throws IllegalArgumentException if one is missing or of a type that can't be used
   */
  public void check(StructType schema) {
    if (!validationIndicatorCol.isEmpty()) {
      DataType type =
          ColumnLookup.type(owner, "validationIndicatorCol", schema, validationIndicatorCol);
      if (!(type instanceof BooleanType)) {
        throw ColumnLookup.wrongType(
            owner,
            "validationIndicatorCol",
            validationIndicatorCol,
            type,
            "boolean",
            "Cast it to boolean, or clear validationIndicatorCol.");
      }
    }
    if (!orderCol.isEmpty()) {
      ColumnLookup.type(owner, "orderCol", schema, orderCol);
    }
  }
}
