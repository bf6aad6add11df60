package sparkrnn.feature;

/** The content of a row that gives no sequence: parts of the sentence about it. */
final class UnusableContentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String needed;
  private final String remedy;

  /**
   * @param found what the column does: "is null"
   * @param needed what is needed: "every row needs an image"
   * @param remedy what to do about it: "Mend the row"
   */
  UnusableContentException(String found, String needed, String remedy) {
    super(found);
    this.needed = needed;
    this.remedy = remedy;
  }

  /** Because of what a decoder threw, which becomes part of the sentence. */
  UnusableContentException(String found, String needed, Exception cause) {
    this(found + " (" + reason(cause) + ")", needed, "Mend the row");
    initCause(cause);
  }

  private static String reason(Exception cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /**
   * The whole sentence.
   *
   * @param column how the message begins: the stage and its column
   * @param row which one it is
   */
  String sentence(String column, String row) {
    return column
        + " "
        + getMessage()
        + " in "
        + row
        + "; "
        + needed
        + ". "
        + remedy
        + ", or set handleInvalid to \"skip\" or \"keep\".";
  }
}
