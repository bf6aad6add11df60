package sparkrnn.exchange;

/** A worker is connected and gives no sign of life. */
final class SilentWorkerException extends ExchangeException {

  private static final long serialVersionUID = 1L;

  private final String executor;

  /**
   * With the whole sentence for the user.
   *
   * @param executor Spark's name for the executor of the worker
   */
  SilentWorkerException(String message, String executor) {
    super(message);
    this.executor = executor;
  }

  String executor() {
    return executor;
  }
}
