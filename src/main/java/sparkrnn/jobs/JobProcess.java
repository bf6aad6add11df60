package sparkrnn.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import sparkrnn.training.InterruptedFitException;

/** What all jobs share as processes: help, exit codes, and messages without stack traces. */
final class JobProcess {

  private static final int USAGE = 2;
  private static final int FAILURE = 1;
  private static final int INTERRUPTED = 130;

  /** The body of a job. */
  interface Job {
    void run(JobArguments arguments, PrintStream out);
  }

  private JobProcess() {}

  /** Runs a job and ends the process. */
  static void run(String name, String[] arguments, Job job) {
    System.exit(exitCode(name, arguments, job));
  }

  private static int exitCode(String name, String[] arguments, Job job) {
    boolean debug = false;
    try {
      JobArguments parsed = JobArguments.parse(arguments);
      debug = parsed.debug();
      if (parsed.help() || parsed.config().isEmpty()) {
        (parsed.help() ? System.out : System.err).print(help(name));
        return parsed.help() ? 0 : USAGE;
      }
      job.run(parsed, System.out);
      return 0;
    } catch (JobException usage) {
      System.err.println(name + ": " + usage.getMessage());
      return USAGE;
    } catch (InterruptedFitException interrupted) {
      return INTERRUPTED;
    } catch (IllegalArgumentException refused) {
      report(name, refused, debug);
      return USAGE;
    } catch (Exception failure) {
      // Spark throws checked exceptions that its signatures don't tell of.
      report(name, failure, debug);
      return FAILURE;
    }
  }

  private static void report(String name, Exception failure, boolean debug) {
    System.err.println(name + ": " + firstParagraph(failure));
    if (debug) {
      failure.printStackTrace();
    } else {
      System.err.println("(--debug shows where this was thrown.)");
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

  /** The text of --help. */
  static String help(String name) {
    String resource = name + "-help.txt";
    try (InputStream in = JobProcess.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + resource + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static JobConfig config(JobArguments arguments) {
    return JobConfig.load(arguments.config().orElseThrow(), arguments.overrides());
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
