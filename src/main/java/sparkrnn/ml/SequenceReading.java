package sparkrnn.ml;

import java.io.Serializable;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;

/** Reads the sequences of rows for a fitted model, and decides about rows that can't be used. */
final class SequenceReading implements Serializable {

  private static final long serialVersionUID = 1L;

  private final SequenceSource source;
  private final InvalidRows invalidRows;

  /**
   * @param model whose params say which columns are read, and how
   * @param schema of the rows
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  SequenceReading(RnnModel<?> model, StructType schema) {
    source = model.source(schema);
    invalidRows = new InvalidRows(model, schema, Set.copyOf(source.columns()));
  }

  /** The first column that is read. */
  String column() {
    return source.columns().get(0);
  }

  /**
   * The sequence of a row.
   *
   * @throws InvalidSequenceException that knows its column, if there is none that can be used
   */
  DecodedSequence read(Row row) throws InvalidSequenceException {
    return source.read(row);
  }

  /**
   * Whether a row that can't be used appears in the output.
   *
   * @throws IllegalArgumentException naming the row, if handleInvalid is "error"
   */
  boolean invalidRowStays(Row row, InvalidSequenceException invalid) {
    invalidRows.refuseIfAsked(row, invalid.column(), invalid);
    return invalidRows.kept();
  }
}
