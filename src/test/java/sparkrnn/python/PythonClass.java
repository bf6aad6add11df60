package sparkrnn.python;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A class or an interface with params, in Python: an interface as a mixin of its params, a class
 * with its setters, and a stage with its constructor too.
 */
final class PythonClass {

  private final Class<?> type;
  private final List<Params> stages;
  private final JavaSource source;
  private final SharedMixins shared;
  private final String methods;

  /**
   * @param all every stage of the module
   * @param methods the module of what is written by hand
   */
  PythonClass(Class<?> type, List<Params> all, HandWritten methods) {
    this.type = type;
    stages = all.stream().filter(type::isInstance).toList();
    source = new JavaSource(type);
    shared = new SharedMixins(stages);
    this.methods = methods.baseOf(type);
  }

  static String nameOf(Class<?> type) {
    return (type.isInterface() ? "_" : "") + type.getSimpleName();
  }

  private boolean isStage() {
    return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
  }

  /** The interfaces of params of ours that a type names itself. */
  static List<Class<?>> interfaces(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
        .filter(each -> Params.class.isAssignableFrom(each) && isOurs(each))
        .toList();
  }

  static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("sparkrnn.");
  }

  private List<String> bases() {
    List<String> bases = new ArrayList<>();
    if (methods != null) {
      bases.add(methods);
    }
    if (!type.isInterface()) {
      bases.add(superclass());
    }
    ownParams().stream().map(shared::of).filter(Objects::nonNull).forEach(bases::add);
    interfaces(type).stream().map(PythonClass::nameOf).forEach(bases::add);
    if (isStage()) {
      bases.add("JavaMLWritable");
      bases.add("JavaMLReadable[\"" + type.getSimpleName() + "\"]");
    }
    return bases.isEmpty() ? List.of("Params") : bases;
  }

  private String superclass() {
    Class<?> parent = type.getSuperclass();
    String name = isOurs(parent) ? parent.getSimpleName() : "Java" + parent.getSimpleName();
    if (!Estimator.class.isAssignableFrom(type)) {
      return name;
    }
    return name + (isStage() ? "[\"" + model() + "\"]" : "[M]");
  }

  private String model() {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("fit") && !method.isBridge())
        .map(Method::getReturnType)
        .filter(fitted -> isOurs(fitted) && fitted != Model.class)
        .findFirst()
        .orElseThrow()
        .getSimpleName();
  }

  private Stream<Method> declared() {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge());
  }

  /** The params that the type itself declares, as they stand in its source. */
  private List<String> ownParams() {
    return declared()
        .filter(method -> Param.class.isAssignableFrom(method.getReturnType()))
        .filter(method -> method.getParameterCount() == 0)
        .map(Method::getName)
        .sorted(Comparator.comparing(source::place))
        .toList();
  }

  /** The params that the type itself has setters of, as they stand in its source. */
  private List<String> settable() {
    return declared()
        .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
        .map(Method::getName)
        .distinct()
        .sorted(Comparator.comparing(source::place))
        .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
        .filter(stages.get(0)::hasParam)
        .toList();
  }

  private Set<String> getters() {
    return declared().map(Method::getName).collect(Collectors.toSet());
  }

  /** All params of a stage in the order of a constructor: first those that are its own. */
  private List<String> allParams() {
    Set<String> names = new LinkedHashSet<>();
    for (Class<?> each = type; isOurs(each); each = each.getSuperclass()) {
      collect(each, names);
    }
    return List.copyOf(names);
  }

  private void collect(Class<?> each, Set<String> names) {
    names.addAll(new PythonClass(each, stages, HandWritten.NOTHING).ownParams());
    interfaces(each).forEach(parent -> collect(parent, names));
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

  String text(List<Params> all) {
    StringBuilder text = new StringBuilder();
    List<String> bases = bases();
    String line = "class " + nameOf(type) + "(" + String.join(", ", bases) + "):\n";
    text.append(
        line.length() <= 100
            ? line
            : "class " + nameOf(type) + "(\n    " + String.join(",\n    ", bases) + ",\n):\n");
    text.append(PythonText.docstring(source.comment(), 4));
    definedParams(all).forEach(param -> text.append('\n').append(param.definition()));
    text.append(constructor(all));
    accessors(text);
    return text.toString();
  }

  /** Params of the type, and of a stage also those of which it says something of its own. */
  private List<PythonParam> definedParams(List<Params> all) {
    Set<String> names = new LinkedHashSet<>(ownParams());
    if (isStage()) {
      for (String name : allParams()) {
        String doc = param(name).doc();
        if (declarers(name, all).stream()
            .anyMatch(declarer -> !PythonParam.of(declarer.get(0), name).doc().equals(doc))) {
          names.add(name);
        }
      }
    }
    return names.stream().map(this::param).toList();
  }

  /** The stages of each type above this one that declares a param. */
  private List<List<Params>> declarers(String name, List<Params> all) {
    Set<Class<?>> types = new LinkedHashSet<>();
    for (Class<?> each = type; isOurs(each); each = each.getSuperclass()) {
      above(each, types);
    }
    return types.stream()
        .filter(each -> new PythonClass(each, all, HandWritten.NOTHING).ownParams().contains(name))
        .map(each -> all.stream().filter(each::isInstance).toList())
        .toList();
  }

  private static void above(Class<?> type, Set<Class<?>> types) {
    types.add(type);
    interfaces(type).forEach(parent -> above(parent, types));
  }

  private String constructor(List<Params> all) {
    PythonConstructor constructor = new PythonConstructor(this::param);
    if (!isStage()) {
      return constructor.ofMixin(sharedDefaults());
    }
    List<String> defaults = ownDefaults(all);
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
    return ownParams().stream()
        .filter(name -> param(name).defaultValue() != null)
        .filter(name -> shareDefault(name, stages))
        .toList();
  }

  /** The params whose default no mixin gives. */
  private List<String> ownDefaults(List<Params> all) {
    return allParams().stream()
        .filter(name -> param(name).defaultValue() != null)
        .filter(name -> !declarers(name, all).stream().allMatch(each -> shareDefault(name, each)))
        .toList();
  }

  private void accessors(StringBuilder text) {
    Set<String> getters = getters();
    for (String name : ownParams()) {
      String getter = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
      if (getters.contains(getter)) {
        text.append('\n').append(param(name).getter());
      }
    }
    settable().forEach(name -> text.append('\n').append(param(name).setter()));
  }
}
