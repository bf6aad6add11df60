package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * If one of these fails, the completion of shells, the launcher or jobs/bench know other options
 * than the jobs take. After a change: {@code ./mvnw test -Dtest=CompletionTest
 * -Dcompletion.write=true}.
 */
@Timeout(60)
final class CompletionTest {

  private static final Path LAUNCHER = Path.of("jobs/launch");

  @Test
  void scriptHasTheOptionsAndKeysOfTheJobs() throws IOException {
    String expected = CompletionScript.expected();
    if (Boolean.getBoolean("completion.write")) {
      Files.writeString(CompletionScript.FILE, expected);
    }
    assertThat(CompletionScript.FILE).hasContent(expected);
  }

  @Test
  void launcherPassesTheOptionsOfTheJobsOnToThem() throws IOException {
    Set<String> plain = new TreeSet<>(Set.of("-v", "-h"));
    Set<String> valued = new TreeSet<>();
    Arrays.stream(JobCommand.values())
        .filter(JobCommand::isLaunched)
        .flatMap(command -> command.options().stream())
        .forEach(
            option -> (option.value() == JobOption.Value.NONE ? plain : valued).add(option.flag()));
    assertThat(words("valued_options")).isEqualTo(valued);
    assertThat(words("plain_options")).isEqualTo(plain);
  }

  /** Else a slip of the hand is told by Spark, with a trace of its stack. */
  @Test
  void launcherRefusesWhatNeitherTheJobNorSparkSubmitKnows() throws Exception {
    assertThat(refused("jobs/train", "conf/seed.conf", "--sett", "a=b"))
        .isEqualTo(
            "train: there is no option \"--sett\", neither of this job nor of spark-submit. See"
                + " --help.\n");
    assertThat(refused("jobs/generate", "--model", "m", "--nope=3"))
        .contains("generate: ", "--nope");
    assertThat(refused("jobs/score", "conf/seed.conf", "--master"))
        .isEqualTo("score: --master needs a value; it goes to spark-submit. See --help.\n");
  }

  private static Set<String> words(String variable) throws IOException {
    Matcher line =
        Pattern.compile("(?m)^" + variable + "=\"(.*)\"$").matcher(Files.readString(LAUNCHER));
    assertThat(line.find()).as(variable).isTrue();
    return new TreeSet<>(List.of(line.group(1).strip().split(" ")));
  }

  @Test
  void benchTakesTheOptionsOfItsTable() throws Exception {
    Set<String> taken = new TreeSet<>();
    Matcher flag =
        Pattern.compile("(?m)^  (?:-h, )?(--[a-z-]+)").matcher(output("jobs/bench", "--help"));
    while (flag.find()) {
      taken.add(flag.group(1));
    }
    assertThat(taken)
        .isEqualTo(
            JobCommand.BENCH.options().stream()
                .map(JobOption::flag)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** The class is Spark's own and hidden, but its lists are what spark-submit reads by. */
  @Test
  void sparkSubmitHasTheOptionsThatAreProposedForIt() throws Exception {
    Class<?> parser = Class.forName("org.apache.spark.launcher.SparkSubmitOptionParser");
    var constructor = parser.getDeclaredConstructor();
    constructor.setAccessible(true);
    var options = parser.getDeclaredField("opts");
    options.setAccessible(true);
    List<String> known =
        Arrays.stream((String[][]) options.get(constructor.newInstance()))
            .flatMap(Arrays::stream)
            .toList();
    assertThat(known).containsAll(CompletionScript.SUBMIT).contains("--master");
    assertThat(words("submit_valued_options")).containsAll(known);
    var switches = parser.getDeclaredField("switches");
    switches.setAccessible(true);
    Set<String> plain = words("submit_plain_options");
    plain.addAll(words("plain_options"));
    assertThat(plain)
        .containsAll(
            Arrays.stream((String[][]) switches.get(constructor.newInstance()))
                .flatMap(Arrays::stream)
                .toList());
    List<String> ours =
        Arrays.stream(JobCommand.values())
            .filter(JobCommand::isLaunched)
            .flatMap(command -> command.options().stream())
            .map(JobOption::flag)
            .toList();
    assertThat(ours).isNotEmpty().doesNotContainAnyElementsOf(known);
  }

  /** What bash would propose for the last of these words, as its own lookup finds the function. */
  private static List<String> proposed(String... line) throws Exception {
    String words =
        Arrays.stream(line).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    String script =
        """
        set -eu
        compopt() { :; }  # Only while readline completes.
        source jobs/completion.bash
        COMP_WORDS=(WORDS)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        registered="$(complete -p "${COMP_WORDS[0]}")"
        function="${registered#complete -F }"
        "${function%% *}" "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
        """
            .replace("WORDS)", words + ")");
    return output("bash", "--norc", "-c", script).lines().toList();
  }

  @Test
  void bashProposesOptionsKeysAndFiles() throws Exception {
    assertThat(proposed("jobs/generate", "--t"))
        .containsExactly("--temperature", "--top-k", "--top-p", "--total-executor-cores");
    assertThat(proposed("./jobs/train", "--m")).containsExactly("--metrics", "--master");
    assertThat(proposed(Path.of("jobs/bench").toAbsolutePath().toString(), "--m"))
        .containsExactly("--master", "--metrics");
    assertThat(proposed("jobs/train", "--set", "model.uni")).containsExactly("model.units=");
    assertThat(proposed("jobs/train", "--set", "model.crf")).containsExactly("model.crf=");
    assertThat(proposed("jobs/train", "conf/se")).containsExactly("conf/seed.conf");
    assertThat(proposed("jobs/score", "--output", "READ")).containsExactly("README.md");
    assertThat(proposed("jobs/train", "--master", "l")).containsExactly("local[*]");
    assertThat(proposed("jobs/train", "--conf", "")).isEmpty();
    assertThat(proposed("jobs/generate", "--prompt", "c")).isEmpty();
  }

  @Test
  void zshProposesOptionsWithTheirMeaning() throws Exception {
    Assumptions.assumeTrue(
        Stream.of("/bin/zsh", "/usr/bin/zsh").anyMatch(path -> Files.exists(Path.of(path))),
        "there is no zsh");
    String script =
        """
        autoload -U compinit && compinit -D -u
        source jobs/completion.bash
        function compadd { print -rl -- "$@" }
        function _describe { print -rl -- "${(P@)2}" }
        for pattern in ${(k)_patcomps}; do
          [[ jobs/export == ${~pattern} ]] && print ${_patcomps[$pattern]}
        done
        words=(jobs/generate --te) CURRENT=2; _spark_rnn_zsh
        words=(jobs/train --set model.un) CURRENT=3; _spark_rnn_zsh
        """;
    assertThat(output("zsh", "-f", "-c", script).lines())
        .contains("_spark_rnn_zsh", "model.units")
        .contains("--temperature:" + JobOption.TEMPERATURE.meaning());
  }

  private static String output(String... command) throws Exception {
    return output(0, command);
  }

  private static String refused(String... command) throws Exception {
    return output(2, command);
  }

  private static String output(int exitCode, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream in = process.getInputStream()) {
      String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
      return output;
    }
  }
}
