package sparkrnn.formats;

/** Says that a network has a part that another library has no layer for. */
public final class InexpressibleException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InexpressibleException(String message) {
    super(message);
  }
}
