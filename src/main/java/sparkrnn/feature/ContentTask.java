package sparkrnn.feature;

import org.apache.spark.sql.api.java.UDF2;

/** Reads the content of one row, described by a text; what a query sends to executors. */
final class ContentTask implements UDF2<Object, String, float[][]> {

  private static final long serialVersionUID = 1L;

  private final ContentReader reader;
  private final String column;
  private final String needed;
  private final boolean stops;

  /**
   * @param column how a message begins: the stage and its column
   * @param needed what a null row lacks
   * @param stops whether content that can't be used is an error
   */
  ContentTask(ContentReader reader, String column, String needed, boolean stops) {
    this.reader = reader;
    this.column = column;
    this.needed = needed;
    this.stops = stops;
  }

  /**
   * The sequence; null if there is none and that is no error.
   *
   * @throws IllegalArgumentException if there is none and that is one
   */
  @Override
  public float[][] call(Object content, String row) {
    try {
      if (content == null) {
        throw new UnusableContentException("is null", needed, "Mend the row");
      }
      return reader.read(content);
    } catch (UnusableContentException unusable) {
      if (stops) {
        throw new IllegalArgumentException(unusable.sentence(column, row));
      }
      return null;
    }
  }
}
