package sparkrnn.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import sparkrnn.cluster.JavaProcess.Result;

/** Runs the scripts in jobs/ as a person does, in the root of the project. */
public final class Launcher {

  private static final long POLL_MILLIS = 50;

  /** A launched job whose output goes to a file. */
  public record Running(Process process, Path output) {

    /** What it has printed up to now. */
    public String printed() throws IOException {
      return Files.readString(output);
    }

    /**
     * Waits until it has printed something that this regular expression finds.
     *
     * @throws IllegalStateException if it ends, or so many seconds are over, before that; it is
     *     killed then
     */
    public void awaitPrinted(String regex, long timeoutSeconds)
        throws IOException, InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
      Pattern pattern = Pattern.compile(regex);
      while (!pattern.matcher(printed()).find()) {
        boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if ((ended && !pattern.matcher(printed()).find()) || System.nanoTime() > deadline) {
          process.destroyForcibly().waitFor();
          throw new IllegalStateException("\"" + regex + "\" was not printed:\n" + printed());
        }
      }
    }

    /**
     * Waits for its end.
     *
     * @throws IllegalStateException if it has not ended after so many seconds; it is killed then
     */
    public Result await(long timeoutSeconds) throws IOException, InterruptedException {
      try {
        if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
          throw new IllegalStateException("not ended:\n" + printed());
        }
      } finally {
        process.destroyForcibly();
      }
      return new Result(process.exitValue(), printed());
    }
  }

  private Launcher() {}

  /** The file with the class path of the Spark that these tests run on. */
  static Path sparkClassPath() {
    return Path.of(System.getProperty("spark.class.path", "target/spark.classpath"));
  }

  /**
   * A builder for one of the scripts; environment and arguments may be changed before it starts.
   */
  public static ProcessBuilder builder(String script, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("jobs/" + script));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // The project's own class path, not a Spark that happens to be installed here.
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_RNN_CLASS_PATH", sparkClassPath().toAbsolutePath().toString());
    return builder;
  }

  /** Starts a script. */
  public static Running start(Path output, ProcessBuilder builder) throws IOException {
    return new Running(builder.redirectOutput(output.toFile()).start(), output);
  }

  /** Runs a script to its end. */
  public static Result run(Path output, String script, String... arguments)
      throws IOException, InterruptedException {
    return start(output, builder(script, List.of(arguments))).await(240);
  }
}
