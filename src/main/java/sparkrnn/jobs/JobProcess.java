package sparkrnn.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import sparkrnn.training.InterruptedFitException;

/** What all jobs share as processes: help, exit codes, and failures as one line. */
final class JobProcess {

  /** The body of a job. */
  interface Job {
    void run(JobArguments arguments, PrintStream out);
  }

  private JobProcess() {}

  /** Runs a job and ends the process. */
  static void run(JobCommand command, String[] arguments, Job job) {
    ExitCode code = run(command, arguments, job, System.out, System.err);
    if (code != ExitCode.DONE || !isDriverOfYarn()) {
      System.exit(code.code());
    }
  }

  /**
   * Whether this is a container of YARN, in which Spark ends the process: one that ends by itself
   * has failed to YARN, which starts it once more.
   */
  private static boolean isDriverOfYarn() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** Runs a job, whose failure is one line, and with --verbose the trace of its stack. */
  static ExitCode run(
      JobCommand command, String[] arguments, Job job, PrintStream out, PrintStream errors) {
    try {
      JobArguments parsed = JobArguments.parse(command, arguments);
      boolean asked = parsed.has(JobOption.HELP);
      if (asked || nothingToDo(parsed)) {
        (asked ? out : errors).print(help(command));
        return asked ? ExitCode.DONE : ExitCode.USAGE;
      }
      job.run(parsed, out);
      return ExitCode.DONE;
    } catch (InterruptedFitException interrupted) {
      // Whoever stopped the fit has said so.
      return ExitCode.INTERRUPTED;
    } catch (Exception failure) {
      // Spark throws checked exceptions that its signatures don't tell of.
      report(command.command(), failure, isVerbose(command, arguments), errors);
      boolean refused = failure instanceof JobException;
      return refused || failure instanceof IllegalArgumentException
          ? ExitCode.USAGE
          : ExitCode.FAILED;
    }
  }

  /** Also where the command line could not be read. */
  private static boolean isVerbose(JobCommand command, String[] arguments) {
    return Arrays.stream(arguments)
        .anyMatch(argument -> command.option(argument).equals(Optional.of(JobOption.VERBOSE)));
  }

  /** A job without its config file, and one that was told nothing at all. */
  private static boolean nothingToDo(JobArguments arguments) {
    return arguments.config().isEmpty()
        && (arguments.command().needsConfig() || arguments.values().isEmpty());
  }

  private static void report(String name, Exception failure, boolean verbose, PrintStream errors) {
    // What a command line or a config lacks is found by its sentence, not by a place in the code.
    boolean explained = verbose || failure instanceof JobException;
    String line = firstParagraph(failure).strip().replaceAll("\\s*\\R\\s*", " ");
    errors.println(name + ": " + line + (explained ? "" : " (--verbose shows where.)"));
    if (verbose) {
      failure.printStackTrace(errors);
    }
  }

  /** What our own code said on an executor, or what Spark says; without stack traces. */
  private static String firstParagraph(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    if (String.valueOf(failure.getMessage()).contains("awaitResult")
        && failure.getCause() != null) {
      return firstParagraph(failure.getCause());
    }
    String message = failure.getMessage();
    if (message == null) {
      return failure.toString();
    }
    int trace = message.indexOf("\n\tat ");
    return (trace < 0 ? message : message.substring(0, trace)).strip();
  }

  /** The text of --help: of each job its own, around what the tables of the options say. */
  static String help(JobCommand command) {
    return resource(command.command() + "-help.txt")
        .replace("{usage}\n", command.usage())
        .replace("{exit codes}\n", JobCommand.exitCodes());
  }

  private static String resource(String name) {
    try (InputStream in = JobProcess.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static SparkSession session(String name) {
    return SparkSession.builder().appName(name).getOrCreate();
  }

  /** The version of this library. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = JobProcess.class.getResourceAsStream("/sparkrnn/version.properties")) {
      if (in == null) {
        throw new IllegalStateException("The resource version.properties is missing.");
      }
      properties.load(in);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return properties.getProperty("version");
  }
}
