package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The command line of a job, without what the launcher gave to spark-submit.
 *
 * @param config path of the config file
 * @param overrides "key=value" of each --set, in order
 * @param metrics where --metrics writes
 * @param report where --report writes
 * @param help whether --help was given
 * @param debug whether failures show their stack traces
 */
record JobArguments(
    Optional<String> config,
    List<String> overrides,
    Optional<String> metrics,
    Optional<String> report,
    boolean help,
    boolean debug) {

  /**
   * Parses the arguments.
   *
   * @throws JobException for an unknown option, an option without its value, or two config files
   */
  static JobArguments parse(String... arguments) {
    String config = null;
    List<String> overrides = new ArrayList<>();
    String metrics = null;
    String report = null;
    boolean help = false;
    boolean debug = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--help", "-h" -> help = true;
        case "--debug" -> debug = true;
        case "--set" -> overrides.add(value(arguments, ++i));
        case "--metrics" -> metrics = value(arguments, ++i);
        case "--report" -> report = value(arguments, ++i);
        default -> {
          if (arguments[i].startsWith("-")) {
            throw new JobException(
                String.format(Locale.ROOT, "there is no option \"%s\"; see --help.", arguments[i]));
          }
          if (config != null) {
            throw new JobException(
                String.format(
                    Locale.ROOT,
                    "\"%s\" and \"%s\" are two config files; give one.",
                    config,
                    arguments[i]));
          }
          config = arguments[i];
        }
      }
    }
    return new JobArguments(
        Optional.ofNullable(config),
        overrides,
        Optional.ofNullable(metrics),
        Optional.ofNullable(report),
        help,
        debug);
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new JobException(
          String.format(Locale.ROOT, "%s needs a value; see --help.", arguments[index - 1]));
    }
    return arguments[index];
  }
}
