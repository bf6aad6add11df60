package sparkrnn.jobs;

/** What the end of a job tells the shell. */
enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "failed"),
  USAGE(2, "a wrong command, config or data"),
  INTERRUPTED(130, "stopped by Ctrl-C (SIGINT)"),
  TERMINATED(143, "stopped by SIGTERM");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
