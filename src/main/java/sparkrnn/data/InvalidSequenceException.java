package sparkrnn.data;

/** A row whose sequence, label or weight can't be used; the message says why, not which row. */
public final class InvalidSequenceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String column;

  /** With what was found and what is needed, to follow "the row with id 17 ". */
  public InvalidSequenceException(String message) {
    this(message, "");
  }

  /**
   * With the column that holds it too.
   *
   * @param column its name; empty where only the catcher knows it
   */
  public InvalidSequenceException(String message, String column) {
    super(message);
    this.column = column;
  }

  /** The name of the column; empty if it isn't known here. */
  public String column() {
    return column;
  }
}
