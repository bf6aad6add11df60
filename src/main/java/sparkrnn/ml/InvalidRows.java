package sparkrnn.ml;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.RowDescription;

/** What handleInvalid of a fitted model says of rows that can't be used. */
final class InvalidRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String stage;
  private final RowDescription description;
  private final String handleInvalid;

  /**
   * @param schema of the rows
   * @param columns that are read of them
   */
  InvalidRows(RnnModel<?> model, StructType schema, Set<String> columns) {
    stage = model.getClass().getSimpleName();
    description = RowDescription.of(schema, columns);
    handleInvalid = model.getHandleInvalid();
  }

  /**
   * Does nothing unless handleInvalid is "error".
   *
   * @throws IllegalArgumentException naming the row, if it is
   */
  void refuseIfAsked(Row row, String column, InvalidSequenceException invalid) {
    if (handleInvalid.equals("error")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\": %s %s. Mend the row, or set handleInvalid to \"skip\" or"
                  + " \"keep\".",
              stage,
              column,
              description.describe(row),
              invalid.getMessage()));
    }
  }

  /** Whether such rows appear in the output. */
  boolean kept() {
    return handleInvalid.equals("keep");
  }
}
