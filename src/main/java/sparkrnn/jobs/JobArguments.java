package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of a job, without what the launcher gave to spark-submit.
 *
 * @param command that was called
 * @param config path of the config file
 * @param values of each option that was given, in order; one empty text for those without a value
 */
record JobArguments(
    JobCommand command, Optional<String> config, Map<JobOption, List<String>> values) {

  /**
   * Parses the arguments.
   *
   * @throws JobException for an unknown option, an option without its value, or two config files
   */
  static JobArguments parse(JobCommand command, String... arguments) {
    String config = null;
    Map<JobOption, List<String>> values = new EnumMap<>(JobOption.class);
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.startsWith("-")) {
        JobOption option = command.option(argument).orElseThrow(() -> unknown(argument));
        String value = option.value() == JobOption.Value.NONE ? "" : value(arguments, ++i);
        values.computeIfAbsent(option, first -> new ArrayList<>()).add(value);
      } else if (config == null) {
        config = argument;
      } else {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "\"%s\" and \"%s\" are two config files; give one.",
                config,
                argument));
      }
    }
    return new JobArguments(command, Optional.ofNullable(config), values);
  }

  private static JobException unknown(String flag) {
    return new JobException(
        String.format(Locale.ROOT, "there is no option \"%s\"; see --help.", flag));
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new JobException(
          String.format(Locale.ROOT, "%s needs a value; see --help.", arguments[index - 1]));
    }
    return arguments[index];
  }

  boolean has(JobOption option) {
    return values.containsKey(option);
  }

  /** The value of an option; the last one where it was given often. */
  Optional<String> value(JobOption option) {
    List<String> given = values.getOrDefault(option, List.of());
    return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
  }

  /** "key=value" of each --set, in order. */
  List<String> overrides() {
    return values.getOrDefault(JobOption.SET, List.of());
  }

  /** The config keys that were set by options of their own, to texts that are taken as they are. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (JobOption option : values.keySet()) {
      if (!option.key().isEmpty()) {
        settings.put(option.key(), value(option).orElseThrow());
      }
    }
    return settings;
  }

  /** Where what was measured goes. */
  Optional<MetricsFile> metrics() {
    return value(JobOption.METRICS).map(MetricsFile::new);
  }
}
