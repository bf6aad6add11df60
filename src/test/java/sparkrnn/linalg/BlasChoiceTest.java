package sparkrnn.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Which BLAS runs; it is chosen once in a JVM, so most tests start one. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BlasChoiceTest {

  private static final String EXPECTED = "sparkrnn.test.blas";

  /** With -Dsparkrnn.test.blas=openblas a fallback that nobody noticed is red. */
  @Test
  @EnabledIfSystemProperty(named = EXPECTED, matches = ".+")
  void isTheOneThatWasAskedForOnTheCommandLine() {
    assertThat(Blas.name()).startsWith(System.getProperty(EXPECTED));
    assertThat(Blas.isNative()).isEqualTo(!System.getProperty(EXPECTED).equals("java"));
  }

  @Test
  void nativeBlasIsChosenWhereItLoads() throws IOException, InterruptedException {
    Output output = probe(entry -> true);
    assertThat(output.out).startsWith("BLAS: openblas ").contains(" (netlib JNI), native: true");
    assertThat(output.out).endsWith("all products agree\n");
    assertThat(output.err).isEmpty();
  }

  @Test
  void javaBlasIsChosenOnRequestWithoutAWarning() throws IOException, InterruptedException {
    Output output = probe(entry -> true, "-Dsparkrnn.blas=java");
    assertThat(output.out).isEqualTo("BLAS: java, native: false\nall products agree\n");
    assertThat(output.err).isEmpty();
  }

  @Test
  void javaBlasUsesTheVectorModuleWhereThereIsOne() throws IOException, InterruptedException {
    Output output =
        probe(entry -> true, "-Dsparkrnn.blas=java", "--add-modules=jdk.incubator.vector");
    assertThat(output.out).isEqualTo("BLAS: java, native: false\nall products agree\n");
    assertThat(output.err).isEqualTo("WARNING: Using incubator modules: jdk.incubator.vector\n");
  }

  @Test
  void withoutTheJarsTheJavaBlasRunsAndSaysWhy() throws IOException, InterruptedException {
    Output output = probe(entry -> !entry.contains("bytedeco"));
    assertThat(output.out).isEqualTo("BLAS: java, native: false\nall products agree\n");
    assertThat(output.err)
        .containsOnlyOnce("WARNING")
        .endsWith(
            "WARNING: The native BLAS did not load (java.lang.ClassNotFoundException:"
                + " org.bytedeco.openblas.global.openblas_nolapack); training runs on the Java BLAS, several times"
                + " slower. Put org.bytedeco openblas and javacpp of this platform on the class"
                + " path.\n");
  }

  @Test
  void withoutTheJarsOfThisPlatformTheJavaBlasRunsAndSaysWhy()
      throws IOException, InterruptedException {
    Output output = probe(entry -> !entry.matches(".*bytedeco.*-(linux|macosx|windows)-.*"));
    assertThat(output.out).isEqualTo("BLAS: java, native: false\nall products agree\n");
    assertThat(output.err.lines().filter(line -> line.contains("WARNING"))).hasSize(1);
    assertThat(output.err.lines().reduce((first, last) -> last).orElseThrow())
        .startsWith("WARNING: The native BLAS did not load (java.lang.UnsatisfiedLinkError: ")
        .endsWith(" Put org.bytedeco openblas and javacpp of this platform on the class path.");
  }

  @Test
  void propertyOfNetlibIsLeftAsItWas() throws ReflectiveOperationException {
    String property = "dev.ludovic.netlib.blas.nativeLibPath";
    String before = System.getProperty(property);
    System.setProperty(property, "/somebody/elses/choice");
    try {
      assertThat(BlasBinding.openblas().isNative()).isTrue();
      assertThat(System.getProperty(property)).isEqualTo("/somebody/elses/choice");
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  private record Output(String out, String err) {}

  private static Output probe(Predicate<String> classPathEntry, String... options)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(classPathEntry)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-Xmx256m");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, BlasProbe.class.getName()));
    File err = File.createTempFile("probe", ".err");
    Process process = new ProcessBuilder(command).redirectError(err).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = Files.readString(err.toPath());
    assertThat(process.waitFor()).as(errors).isZero();
    assertThat(err.delete()).isTrue();
    return new Output(out, errors);
  }
}
