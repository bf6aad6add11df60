package sparkrnn.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever uses Python must find every stage, param and method there, with the same defaults. */
final class PythonSurfaceTest {

  /**
   * What Python lacks: copies with one change, in place of which it has arguments with names,
   * classes that are public for other packages of ours alone, and the scorer for services in Java.
   */
  private static final Map<String, Set<String>> LACKING =
      Map.of(
          "ml",
          Set.of(
              "IntegratedGradients.withAttributionsCol",
              "IntegratedGradients.withBaseline",
              "IntegratedGradients.withGapCol",
              "IntegratedGradients.withMaxSteps",
              "IntegratedGradients.withOutput",
              "IntegratedGradients.withSteps",
              "IntegratedGradients.withTarget",
              "IntegratedGradients.withTimeStep",
              "IntegratedGradients.withTolerance",
              "ParamTexts",
              "ParamTexts.of",
              "ReplacedDirectory",
              "RnnModel.localScorer",
              "Sampling.ofSeed",
              "Sampling.withTemperature",
              "Sampling.withTopK",
              "Sampling.withTopP"),
          "feature",
          Set.of("Moments"));

  @ParameterizedTest
  @ValueSource(strings = {"ml", "feature"})
  void stagesAreThoseOfJava(String name) throws Exception {
    PythonModule module = new PythonModule(name);
    if (Boolean.getBoolean("python.write")) {
      Files.writeString(module.file(), module.text());
    }
    assertThat(Files.readString(module.file()))
        .as(
            "%s is no longer what the Java classes say. Write it anew: ./mvnw test"
                + " -Dtest=PythonSurfaceTest -Dpython.write=true",
            module.file())
        .isEqualTo(module.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ml", "feature"})
  void everyPublicClassAndMethodIsThereInPython(String name) throws Exception {
    PythonNames python = new PythonNames(PythonModule.ROOT);
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : publicClasses(name)) {
      if (!python.hasClass(type.getSimpleName())) {
        missing.add(type.getSimpleName());
      }
      Set<String> members = python.of(type.getSimpleName());
      methods(type)
          .filter(method -> !members.contains(method))
          .forEach(method -> missing.add(type.getSimpleName() + "." + method));
    }
    assertThat(missing)
        .as("not in src/main/python/sparkrnn; write them in _%s.py or _summaries.py", name)
        .isEqualTo(LACKING.get(name));
  }

  private static List<Class<?>> publicClasses(String name)
      throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/sparkrnn", name))) {
      for (Path file : files.sorted().toList()) {
        String simple = file.getFileName().toString().replace(".java", "");
        if (!simple.equals("package-info") && !simple.matches(".*Param(s|Definitions)")) {
          Class<?> type = Class.forName("sparkrnn." + name + "." + simple);
          if (Modifier.isPublic(type.getModifiers())) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  /** The names of a class's own public methods, without those that Spark's stages have. */
  private static Stream<String> methods(Class<?> type) {
    Set<String> spark =
        Stream.of(Estimator.class, Model.class, Object.class, Record.class)
            .flatMap(each -> Arrays.stream(each.getMethods()))
            .map(Method::getName)
            .collect(Collectors.toSet());
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .filter(method -> !spark.contains(method) && !method.endsWith("Params"))
        .filter(method -> !Set.of("read", "load", "write").contains(method));
  }

  @Test
  void membersAreThoseOfAClassAndItsBases(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("stages.py"),
        """
        class Mixin:
            def there(self):
                pass


        class Stage(Mixin, other.Elsewhere["M"]):
            units: Param[int] = 1

            @property
            def own(self):
                return 1
        """);
    PythonNames names = new PythonNames(folder);
    assertThat(names.of("Stage")).containsExactlyInAnyOrder("there", "units", "own");
    assertThat(names.hasClass("Absent")).isFalse();
  }
}
