package sparkrnn.ml;

import java.util.function.Supplier;

/** Hands what a task says of the data on to the caller as the driver's own errors are. */
final class TaskErrors {

  private TaskErrors() {}

  /**
   * Runs a Spark job.
   *
   * @throws IllegalArgumentException that a task threw, with its message
   */
  static <T> T unwrapped(Supplier<T> job) {
    try {
      return job.get();
    } catch (Exception failure) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      if (root instanceof IllegalArgumentException) {
        throw new IllegalArgumentException(root.getMessage(), failure);
      }
      throw failure;
    }
  }
}
