package sparkrnn.jobs;

import static sparkrnn.jobs.JobOption.FORMAT;
import static sparkrnn.jobs.JobOption.HELP;
import static sparkrnn.jobs.JobOption.HORIZON;
import static sparkrnn.jobs.JobOption.LENGTH;
import static sparkrnn.jobs.JobOption.MASTER;
import static sparkrnn.jobs.JobOption.METRICS;
import static sparkrnn.jobs.JobOption.MODEL;
import static sparkrnn.jobs.JobOption.OUTPUT;
import static sparkrnn.jobs.JobOption.PEERS;
import static sparkrnn.jobs.JobOption.PROMPT;
import static sparkrnn.jobs.JobOption.REPORT;
import static sparkrnn.jobs.JobOption.ROUNDS;
import static sparkrnn.jobs.JobOption.SECONDS;
import static sparkrnn.jobs.JobOption.SEED;
import static sparkrnn.jobs.JobOption.SET;
import static sparkrnn.jobs.JobOption.TEMPERATURE;
import static sparkrnn.jobs.JobOption.THREADS;
import static sparkrnn.jobs.JobOption.TOP_K;
import static sparkrnn.jobs.JobOption.TOP_P;
import static sparkrnn.jobs.JobOption.VERBOSE;
import static sparkrnn.jobs.JobOption.WARM_UP_SECONDS;
import static sparkrnn.jobs.JobOption.WORKLOADS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The commands in jobs/ and the options of each: what the command line is read by, what help and
 * the completion of shells are written from. Those of bench, which is Python, are held by a test.
 */
enum JobCommand {
  TRAIN(Config.NEEDED, "a file like conf/seed.conf (HOCON: JSON with comments)", REPORT),
  SCORE(
      Config.NEEDED,
      "the file that trained the model, or one with the same \"window\" or \"sequence\"",
      MODEL,
      OUTPUT,
      FORMAT),
  FORECAST(
      Config.NEEDED,
      "the file that trained the model, or one with the same columns in its \"data\"",
      MODEL,
      OUTPUT,
      FORMAT,
      HORIZON),
  GENERATE(
      Config.POSSIBLE,
      "the file that trained the model, for its \"output.model\" and \"sample\"",
      MODEL,
      PROMPT,
      LENGTH,
      TEMPERATURE,
      TOP_K,
      TOP_P,
      SEED),
  EXPORT(Config.POSSIBLE, "the file that trained the model, for its \"output.model\"", MODEL),
  BENCH(Config.NONE, "", WORKLOADS, PEERS, ROUNDS, SECONDS, WARM_UP_SECONDS, THREADS, MASTER);

  private enum Config {
    NEEDED,
    POSSIBLE,
    NONE
  }

  private final Config config;
  private final String configMeaning;
  private final List<JobOption> options = new ArrayList<>();

  JobCommand(Config config, String configMeaning, JobOption... own) {
    this.config = config;
    this.configMeaning = configMeaning;
    if (config != Config.NONE) {
      options.add(SET);
    }
    options.addAll(Arrays.asList(own));
    options.addAll(List.of(METRICS, VERBOSE, HELP));
  }

  /** As it is typed after jobs/. */
  String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<JobOption> options() {
    return options;
  }

  /** Whether it can't do without a config file. */
  boolean needsConfig() {
    return config == Config.NEEDED;
  }

  /** Whether other options go to spark-submit, and a config file is taken. */
  boolean isLaunched() {
    return config != Config.NONE;
  }

  /** The option of a flag. */
  Optional<JobOption> option(String flag) {
    String name = flag.equals("-h") ? "--help" : flag.equals("-v") ? "--verbose" : flag;
    return options.stream().filter(option -> option.flag().equals(name)).findFirst();
  }

  /** How it is called, then what each part of the call means. */
  String usage() {
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"CONFIG", configMeaning});
    for (JobOption option : options) {
      String call = (option.flag() + " " + option.value().shown()).strip();
      String key = option.key().isEmpty() ? "" : " (--set " + option.key() + "=...)";
      lines.add(new String[] {call, option.meaning() + key});
    }
    lines.add(
        new String[] {
          "SPARK OPTIONS", "any option of spark-submit, such as --master, --driver-memory or --conf"
        });
    int width = lines.stream().mapToInt(line -> line[0].length()).max().orElseThrow() + 2;
    StringBuilder text =
        new StringBuilder("  jobs/" + command())
            .append(" [SPARK OPTIONS] ")
            .append(needsConfig() ? "CONFIG" : "[CONFIG]")
            .append(" [OPTION ...]\n\n");
    for (String[] line : lines) {
      text.append(line[0]).append(" ".repeat(width - line[0].length()));
      text.append(line[1]).append('\n');
    }
    return text.toString();
  }

  /** What the end of each command means. */
  static String exitCodes() {
    StringBuilder text = new StringBuilder("Exit codes:\n");
    for (ExitCode code : ExitCode.values()) {
      text.append(String.format(Locale.ROOT, "  %-3d  %s\n", code.code(), code.meaning()));
    }
    return text.toString();
  }
}
