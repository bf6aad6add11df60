package sparkrnn.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process with the class path and the module options of this one. */
public final class JavaProcess {

  /**
   * What a process left.
   *
   * @param exitCode of the process
   * @param output standard output and error together
   */
  public record Result(int exitCode, String output) {}

  /** An entry of the environment that says how large the heap is; 1g without it. */
  static final String HEAP = "SPARK_RNN_TEST_HEAP";

  private JavaProcess() {}

  /** Starts a main class whose output goes to a file, with a heap of 1 GB or {@link #HEAP}. */
  public static Process start(
      Path output, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    String heap = "-Xmx" + environment.getOrDefault(HEAP, "1g");
    return start(output, environment, List.of(heap), main, arguments);
  }

  /** Starts a main class with these options of the JVM. */
  public static Process start(
      Path output,
      Map<String, String> environment,
      List<String> options,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> command = command(System.getProperty("java.class.path"), options, main, arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The command that runs a main class on this class path, with the module options of this JVM. */
  static List<String> command(
      String classPath, List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--add-") || option.startsWith("-XX:+Ignore")) {
        command.add(option);
      }
    }
    command.addAll(options);
    command.add("-Duser.timezone=UTC");
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Runs a main class to its end.
   *
   * @throws IllegalStateException if it has not ended after so many seconds; it is killed then
   */
  public static Result run(
      Path output,
      Map<String, String> environment,
      long timeoutSeconds,
      Class<?> main,
      String... arguments)
      throws IOException, InterruptedException {
    return await(start(output, environment, main, arguments), output, timeoutSeconds);
  }

  /**
   * Waits for the end of a process whose output goes to a file.
   *
   * @throws IllegalStateException if it has not ended after so many seconds; it is killed then,
   *     with all that it has started
   */
  public static Result await(Process process, Path output, long timeoutSeconds)
      throws IOException, InterruptedException {
    try {
      if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "not ended after " + timeoutSeconds + " s:\n" + Files.readString(output));
      }
    } finally {
      // A cluster that it has started would live on.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(output));
  }
}
