package sparkrnn.safetensors;

import java.io.IOException;

/**
 * A file is not what it should be: no safetensors file, cut short, edited, or of another network.
 * The message is a whole sentence without the path, which the caller knows.
 */
public final class SafetensorsException extends IOException {

  private static final long serialVersionUID = 1L;

  /** With the whole sentence for the user. */
  public SafetensorsException(String message) {
    super(message);
  }

  SafetensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
