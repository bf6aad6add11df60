package sparkrnn.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * jobs/completion.bash as the tables of the jobs have it: what stands between the two marks of the
 * file is written from them, the functions around it by hand.
 */
final class CompletionScript {

  static final Path FILE = Path.of("jobs/completion.bash");

  private static final String BEGIN = "# Written by CompletionTest from here on.\n";
  private static final String END = "# Written by hand from here on.\n";

  /** Options of spark-submit that people type; a test asks Spark whether it has them. */
  static final List<String> SUBMIT =
      List.of(
          "--archives",
          "--conf",
          "--deploy-mode",
          "--driver-cores",
          "--driver-java-options",
          "--driver-memory",
          "--exclude-packages",
          "--executor-cores",
          "--executor-memory",
          "--files",
          "--jars",
          "--keytab",
          "--name",
          "--num-executors",
          "--packages",
          "--principal",
          "--properties-file",
          "--queue",
          "--repositories",
          "--total-executor-cores");

  private CompletionScript() {}

  /** The file with what it should have between the marks. */
  static String expected() throws IOException {
    String file = Files.readString(FILE);
    int begin = file.indexOf(BEGIN) + BEGIN.length();
    int end = file.indexOf(END);
    return file.substring(0, begin) + tables() + file.substring(end);
  }

  private static String tables() {
    StringBuilder text = new StringBuilder("_spark_rnn_options() {\n  case \"$1\" in\n");
    for (JobCommand command : JobCommand.values()) {
      text.append("    ").append(command.command()).append(")\n      printf '%s\\n'");
      for (JobOption option : command.options()) {
        text.append(" \\\n        ").append(quoted(option.flag() + ":" + option.meaning()));
      }
      text.append("\n      ;;\n");
    }
    text.append("  esac\n}\n");
    for (JobOption.Value value : JobOption.Value.values()) {
      String flags =
          Arrays.stream(JobOption.values())
              .filter(option -> option.value() == value)
              .map(JobOption::flag)
              .collect(Collectors.joining(" "));
      text.append(variable(value.name().toLowerCase(java.util.Locale.ROOT), flags));
    }
    text.append(
        variable(
            "launched",
            Arrays.stream(JobCommand.values())
                .filter(JobCommand::isLaunched)
                .map(JobCommand::command)
                .collect(Collectors.joining(" "))));
    text.append(variable("submit", String.join(" ", SUBMIT)));
    return text.append(variable("keys", String.join("\n", ConfigKeys.all()))).toString();
  }

  private static String variable(String name, String value) {
    return "_spark_rnn_" + name + "=" + quoted(value) + "\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
