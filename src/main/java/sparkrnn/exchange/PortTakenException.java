package sparkrnn.exchange;

/** The driver can't listen on any port that it may; the message says which, and what to set. */
public final class PortTakenException extends ExchangeException {

  private static final long serialVersionUID = 1L;

  /** With the whole sentence for the user and what the system said. */
  public PortTakenException(String message, Throwable cause) {
    super(message, cause);
  }
}
