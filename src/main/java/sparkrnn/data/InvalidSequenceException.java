package sparkrnn.data;

/** A row whose sequence, label or weight can't be used; the message says why, not which row. */
public final class InvalidSequenceException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what was found and what is needed, to follow "the row with id 17 ". */
  public InvalidSequenceException(String message) {
    super(message);
  }
}
