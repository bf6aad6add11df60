package sparkrnn.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.spark.SparkRuntimeException;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a user reads. */
final class Messages {

  private Messages() {}

  /** The message of an error on the driver. */
  static AbstractStringAssert<?> messageOf(ThrowingCallable act) {
    Throwable thrown = catchThrowable(act);
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    return assertThat(thrown.getMessage());
  }

  /** The message of an error in a task, which Spark wraps and repeats. */
  static AbstractStringAssert<?> messageInJob(ThrowingCallable act) {
    Throwable thrown = catchThrowable(act);
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!org.apache.spark.package$.MODULE$.SPARK_VERSION().startsWith("3.")) {
      assertThat(cause)
          .isInstanceOfAny(IllegalArgumentException.class, SparkRuntimeException.class);
      assertThat(thrown.getMessage()).contains(cause.getMessage());
      return assertThat(cause.getMessage());
    }
    assertThat(cause).isInstanceOf(RuntimeException.class);
    return assertThat(asSpark4Says(cause));
  }

  /**
   * Spark 3.5 shows it under "Caused by" only, and what its SQL raises has no name and no state.
   */
  private static String asSpark4Says(Throwable cause) {
    return cause.getClass() == RuntimeException.class
        ? "[USER_RAISED_EXCEPTION] " + cause.getMessage() + " SQLSTATE: P0001"
        : cause.getMessage();
  }
}
