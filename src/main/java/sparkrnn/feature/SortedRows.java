package sparkrnn.feature;

import java.util.Iterator;
import org.apache.spark.sql.Row;

/** The rows of a partition, sorted by key and time, one series after another. */
final class SortedRows extends LookaheadIterator<Row> {

  private final Iterator<Row> rows;

  SortedRows(Iterator<Row> rows) {
    this.rows = rows;
  }

  @Override
  Row fetch() {
    return rows.hasNext() ? rows.next() : null;
  }
}
