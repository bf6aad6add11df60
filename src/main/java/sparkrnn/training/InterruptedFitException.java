package sparkrnn.training;

/** The fit was asked to stop; the message says what checkpoint is left. */
public final class InterruptedFitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With the whole sentence for the user. */
  public InterruptedFitException(String message) {
    super(message);
  }
}
