package sparkrnn.training;

/** A loss, gradient or parameter stopped being finite; the message says where and what to do. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With the whole sentence for the user. */
  public DivergedException(String message) {
    super(message);
  }
}
