package sparkrnn.jobs;

/** What is wrong with the command line or the config; one sentence for the terminal. */
final class JobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JobException(String message) {
    super(message);
  }
}
