package sparkrnn.exchange;

/** Driver and workers lost each other; the message says who, when and what to do. */
public class ExchangeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With the whole sentence for the user. */
  public ExchangeException(String message) {
    super(message);
  }

  /** With the whole sentence for the user and what led to it. */
  public ExchangeException(String message, Throwable cause) {
    super(message, cause);
  }
}
