package sparkrnn.python;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Params;

/**
 * A class or an interface with params, in Python: an interface as a mixin of its params, a class
 * with its setters, and a stage with its constructor too.
 */
final class PythonClass {

  private final JavaType java;
  private final Class<?> type;
  private final List<Params> all;
  private final List<Params> stages;
  private final SharedMixins shared;
  private final String methods;

  /**
   * @param all every stage of the module
   * @param methods the module of what is written by hand
   */
  PythonClass(JavaType java, List<Params> all, HandWritten methods) {
    this.java = java;
    this.type = java.type();
    this.all = all;
    stages = of(java);
    shared = new SharedMixins(stages);
    this.methods = methods.baseOf(type);
  }

  /** The stages that are of a type. */
  private List<Params> of(JavaType each) {
    return all.stream().filter(each.type()::isInstance).toList();
  }

  private List<String> bases() {
    List<String> bases = new ArrayList<>();
    if (methods != null) {
      bases.add(methods);
    }
    if (!type.isInterface()) {
      bases.add(superclass());
    }
    java.params().stream().map(shared::of).filter(Objects::nonNull).forEach(bases::add);
    java.interfaces().stream().map(JavaType::pythonName).forEach(bases::add);
    if (java.isStage()) {
      bases.add("JavaMLWritable");
      bases.add("JavaMLReadable[\"" + type.getSimpleName() + "\"]");
    }
    return bases.isEmpty() ? List.of("Params") : bases;
  }

  private String superclass() {
    Class<?> parent = type.getSuperclass();
    String name =
        JavaType.isOurs(parent) ? parent.getSimpleName() : "Java" + parent.getSimpleName();
    if (!Estimator.class.isAssignableFrom(type)) {
      return name;
    }
    return name + (java.isStage() ? "[\"" + model() + "\"]" : "[M]");
  }

  private String model() {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("fit") && !method.isBridge())
        .map(Method::getReturnType)
        .filter(fitted -> JavaType.isOurs(fitted) && fitted != Model.class)
        .findFirst()
        .orElseThrow()
        .getSimpleName();
  }

  /** All params of a stage in the order of a constructor: first those that are its own. */
  private List<String> allParams() {
    return java.lineage().stream().flatMap(each -> each.params().stream()).distinct().toList();
  }

  private PythonParam param(String name) {
    return PythonParam.of(stages.get(0), name);
  }

  /** Whether several stages have a param and all of them with the same default. */
  private static boolean shareDefault(String name, List<Params> stages) {
    return stages.size() > 1
        && stages.stream()
                .map(stage -> String.valueOf(PythonParam.of(stage, name).defaultValue()))
                .distinct()
                .count()
            == 1;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    List<String> bases = bases();
    String line = "class " + java.pythonName() + "(" + String.join(", ", bases) + "):\n";
    text.append(
        line.length() <= 100
            ? line
            : "class " + java.pythonName() + "(\n    " + String.join(",\n    ", bases) + ",\n):\n");
    text.append(PythonText.docstring(java.comment(), 4));
    definedParams().forEach(param -> text.append('\n').append(param.definition()));
    text.append(constructor());
    accessors(text);
    return text.toString();
  }

  /** Params of the type, and of a stage also those of which it says something of its own. */
  private List<PythonParam> definedParams() {
    Set<String> names = new LinkedHashSet<>(java.params());
    if (java.isStage()) {
      for (String name : allParams()) {
        String doc = param(name).doc();
        if (declarers(name).stream()
            .anyMatch(declarer -> !PythonParam.of(declarer.get(0), name).doc().equals(doc))) {
          names.add(name);
        }
      }
    }
    return names.stream().map(this::param).toList();
  }

  /** The stages of each type above this one that declares a param. */
  private List<List<Params>> declarers(String name) {
    return java.lineage().stream()
        .filter(each -> each.params().contains(name))
        .map(this::of)
        .toList();
  }

  private String constructor() {
    PythonConstructor constructor = new PythonConstructor(this::param);
    if (!java.isStage()) {
      return constructor.ofMixin(sharedDefaults());
    }
    List<String> defaults = ownDefaults();
    if (Model.class.isAssignableFrom(type)) {
      return constructor.ofModel(defaults);
    }
    String stage = constructor.ofStage(type.getName(), allParams(), defaults);
    return Estimator.class.isAssignableFrom(type)
        ? stage + PythonConstructor.makingModels(model())
        : stage;
  }

  /** The params of a mixin that have the same default in all stages. */
  private List<String> sharedDefaults() {
    return java.params().stream()
        .filter(name -> param(name).defaultValue() != null)
        .filter(name -> shareDefault(name, stages))
        .toList();
  }

  /** The params whose default no mixin gives. */
  private List<String> ownDefaults() {
    return allParams().stream()
        .filter(name -> param(name).defaultValue() != null)
        .filter(name -> !declarers(name).stream().allMatch(each -> shareDefault(name, each)))
        .toList();
  }

  private void accessors(StringBuilder text) {
    for (String name : java.params()) {
      if (java.declares("get" + Character.toUpperCase(name.charAt(0)) + name.substring(1))) {
        text.append('\n').append(param(name).getter());
      }
    }
    java.settable().stream()
        .filter(stages.get(0)::hasParam)
        .forEach(name -> text.append('\n').append(param(name).setter()));
  }
}
