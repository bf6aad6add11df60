package sparkrnn.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Params;

/** The text of a module of Python with the stages of a package, made from their Java classes. */
final class PythonModule {

  static final Path ROOT = Path.of("src/main/python/sparkrnn");

  private static final String SERVICES =
      "src/main/resources/META-INF/services/org.apache.spark.ml.";

  private final String name;
  private final List<Params> stages;
  private final HandWritten methods;

  /**
   * @param name of the package and the module
   */
  PythonModule(String name) throws IOException, ReflectiveOperationException {
    this.name = name;
    stages = stages(name);
    String module = "_" + name;
    methods = new HandWritten(module, Files.readString(ROOT.resolve(module + ".py")));
  }

  Path file() {
    return ROOT.resolve(name + ".py");
  }

  /** One of each stage that Spark Connect is told of. */
  static List<Params> stages(String module) throws IOException, ReflectiveOperationException {
    List<Params> stages = new ArrayList<>();
    for (String kind : List.of("Estimator", "Transformer")) {
      for (String line : Files.readAllLines(Path.of(SERVICES + kind))) {
        if (line.startsWith("sparkrnn." + module + ".")) {
          stages.add(
              Class.forName(line).asSubclass(Params.class).getDeclaredConstructor().newInstance());
        }
      }
    }
    return stages;
  }

  String text() {
    String classes =
        types().stream()
            .map(type -> new PythonClass(type, stages, methods).text())
            .collect(Collectors.joining("\n\n"));
    return head(classes) + publicNames() + "\n\n" + classes;
  }

  private String publicNames() {
    Set<String> names = new TreeSet<>(exported());
    types().stream()
        .map(JavaType::pythonName)
        .filter(each -> !each.startsWith("_"))
        .forEach(names::add);
    return "\n__all__ = [\n    \"" + String.join("\",\n    \"", names) + "\",\n]\n";
  }

  /** Every type with params, bases first. */
  private Set<JavaType> types() {
    Set<JavaType> types = new LinkedHashSet<>();
    stages.forEach(stage -> add(JavaType.of(stage.getClass()), types));
    return types;
  }

  private static void add(JavaType type, Set<JavaType> types) {
    type.superclass().ifPresent(parent -> add(parent, types));
    type.interfaces().forEach(parent -> add(parent, types));
    types.add(type);
  }

  private String head(String classes) {
    return String.format(
            Locale.ROOT,
            """
    \"""The stages of sparkrnn.%s, as in Java.

    Written by PythonSurfaceTest from the Java classes: change those, and what is written by hand in
    _%s.py.
    \"""

    from typing import %s

    from pyspark import keyword_only
    from pyspark.ml.param import Param, Params, TypeConverters
    %sfrom pyspark.ml.util import JavaMLReadable, JavaMLWritable
    from pyspark.ml.wrapper import %s

    from sparkrnn import _converters, _%s
    %s
    S = TypeVar("S", bound=Params)
    """,
            name,
            name,
            words(classes, "Any", "Dict", "List", "Optional", "Sequence", "TypeVar", "Union"),
            shared(classes),
            words(classes, "JavaEstimator", "JavaModel", "JavaTransformer"),
            name,
            imported())
        + (classes.contains("[M]") ? "M = TypeVar(\"M\", bound=JavaModel)\n" : "");
  }

  /** Those of the words that the classes or their head use. */
  private static String words(String classes, String... words) {
    return Arrays.stream(words)
        .filter(
            word ->
                word.equals("TypeVar")
                    || Pattern.compile("\\b" + word + "\\b").matcher(classes).find())
        .collect(Collectors.joining(", "));
  }

  private static String shared(String classes) {
    Set<String> names = new TreeSet<>();
    Matcher mixin = Pattern.compile("\\bHas[A-Z]\\w+").matcher(classes);
    while (mixin.find()) {
      names.add(mixin.group());
    }
    return "from pyspark.ml.param.shared import (\n    " + String.join(",\n    ", names) + ",\n)\n";
  }

  private String imported() {
    return exported().isEmpty()
        ? ""
        : "from sparkrnn._"
            + name
            + " import (\n    "
            + String.join(",\n    ", exported())
            + ",\n)\n";
  }

  /** What the module of the methods has or takes in besides them, under its name in Java. */
  private Set<String> exported() {
    Set<String> names = new TreeSet<>();
    Matcher type =
        Pattern.compile("^(?:class |    )([A-Z]\\w+)[(:,]", Pattern.MULTILINE)
            .matcher(methods.text());
    while (type.find()) {
      if (!type.group(1).endsWith("Methods")) {
        names.add(type.group(1));
      }
    }
    return names;
  }
}
