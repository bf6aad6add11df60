package sparkrnn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkrnn.training.InterruptedFitException;

/** If one of these fails, scripts around the jobs can't tell how one ended, or why. */
final class JobProcessTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private ExitCode run(JobProcess.Job job, String... arguments) {
    return JobProcess.run(JobCommand.TRAIN, arguments, job, printer(out), printer(errors));
  }

  private static PrintStream printer(ByteArrayOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static JobProcess.Job failing(RuntimeException failure) {
    return (arguments, out) -> {
      throw failure;
    };
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void codeSaysHowTheJobEnded() {
    assertThat(run((arguments, out) -> out.println("fine"), "a.conf")).isEqualTo(ExitCode.DONE);
    assertThat(errors()).isEmpty();
    assertThat(run(failing(new IllegalStateException("worn out")), "a.conf"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(run(failing(new JobException("no such key.")), "a.conf")).isEqualTo(ExitCode.USAGE);
    assertThat(run(failing(new IllegalArgumentException("units is 0.")), "a.conf"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run(failing(new JobException("unreached")), "--bananas")).isEqualTo(ExitCode.USAGE);
    assertThat(errors().lines())
        .containsExactly(
            "train: worn out (--verbose shows where.)",
            "train: no such key.",
            "train: units is 0. (--verbose shows where.)",
            "train: there is no option \"--bananas\"; see --help.");
    assertThat(run(failing(new InterruptedFitException("stopped")), "a.conf"))
        .isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void failureIsOneLineAndWithVerboseHasItsStack() {
    RuntimeException failure =
        new IllegalStateException(
            "Job aborted:\n  task 3 failed\n\tat org.apache.Spark(A.scala:7)");
    run(failing(failure), "a.conf");
    assertThat(errors()).isEqualTo("train: Job aborted: task 3 failed (--verbose shows where.)\n");
    for (String flag : new String[] {"--verbose", "-v"}) {
      errors.reset();
      run(failing(failure), "a.conf", flag);
      assertThat(errors().lines().toList())
          .startsWith("train: Job aborted: task 3 failed")
          .anyMatch(line -> line.strip().startsWith("at sparkrnn.jobs.JobProcessTest."));
    }
  }

  @Test
  void commandWithoutWhatItNeedsShowsItsHelpAsAnError() {
    assertThat(run(failing(new JobException("unreached")))).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).isEqualTo(JobProcess.help(JobCommand.TRAIN));
    assertThat(out.size()).isZero();
    assertThat(run(failing(new JobException("unreached")), "-h")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(JobProcess.help(JobCommand.TRAIN));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BENCH")
  void helpNamesEveryOptionAndExitCode(JobCommand command) {
    String help = JobProcess.help(command);
    assertThat(help)
        .doesNotContain("{usage}", "{exit")
        .contains("Examples:\n  jobs/" + command.command());
    for (JobOption option : command.options()) {
      assertThat(help).contains("\n" + option.flag()).contains(option.meaning());
    }
    for (ExitCode code : ExitCode.values()) {
      assertThat(help).containsPattern("\n  " + code.code() + " +" + quoted(code.meaning()));
    }
    assertThat(help.lines()).allMatch(line -> line.length() <= 112);
  }

  private static String quoted(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  @Test
  void pageOnTheJobsHasEveryOptionAndExitCode() throws IOException {
    String page = Files.readString(Path.of("docs/jobs.md"));
    for (ExitCode code : ExitCode.values()) {
      assertThat(page)
          .contains(String.format(Locale.ROOT, "| %d | %s |", code.code(), code.meaning()));
    }
    for (JobOption option : JobOption.values()) {
      List<String> takers =
          Arrays.stream(JobCommand.values())
              .filter(command -> command.options().contains(option))
              .map(JobCommand::command)
              .toList();
      String all = takers.size() == JobCommand.values().length ? "all" : String.join(", ", takers);
      assertThat(page)
          .contains(
              String.format(
                  Locale.ROOT,
                  "| `%s` | %s | %s |",
                  (option.flag() + " " + option.value().shown()).strip(),
                  all,
                  option.meaning()));
    }
  }
}
