package sparkrnn.exchange;

/** A worker ended by itself, on a machine that lives, and the message is its own reason. */
public final class FailedWorkerException extends ExchangeException {

  private static final long serialVersionUID = 1L;

  /** With the words of the worker, and how the driver saw it. */
  public FailedWorkerException(String message, Throwable cause) {
    super(message, cause);
  }
}
