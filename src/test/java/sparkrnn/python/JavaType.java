package sparkrnn.python;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** A class or an interface of ours with params: what it declares itself, and what is above it. */
final class JavaType {

  private static final Map<Class<?>, JavaType> KNOWN = new ConcurrentHashMap<>();

  private final Class<?> type;
  private final JavaSource source;
  private final List<String> params;
  private final List<String> setters;
  private final Set<String> methods;

  private JavaType(Class<?> type) {
    this.type = type;
    source = new JavaSource(type);
    params =
        inOrder(
            declared()
                .filter(method -> Param.class.isAssignableFrom(method.getReturnType()))
                .filter(method -> method.getParameterCount() == 0));
    setters =
        inOrder(
            declared()
                .filter(method -> method.getName().startsWith("set"))
                .filter(method -> method.getParameterCount() == 1));
    methods = declared().map(Method::getName).collect(Collectors.toSet());
  }

  static JavaType of(Class<?> type) {
    return KNOWN.computeIfAbsent(type, JavaType::new);
  }

  private Stream<Method> declared() {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge());
  }

  /** The names of methods as they stand in the source; reflection has no order. */
  private List<String> inOrder(Stream<Method> found) {
    return found
        .map(Method::getName)
        .distinct()
        .sorted(Comparator.comparing(source::place))
        .toList();
  }

  static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("sparkrnn.");
  }

  Class<?> type() {
    return type;
  }

  /** Whether Spark can make one. */
  boolean isStage() {
    return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
  }

  /** The name of its class in Python. */
  String pythonName() {
    return (type.isInterface() ? "_" : "") + type.getSimpleName();
  }

  List<String> comment() {
    return source.comment();
  }

  /** The params that it declares itself, as they stand in its source. */
  List<String> params() {
    return params;
  }

  /** The params that it has setters of itself, as they stand in its source, and some names more. */
  List<String> settable() {
    return setters.stream()
        .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
        .toList();
  }

  /** Whether it declares a method of this name itself. */
  boolean declares(String method) {
    return methods.contains(method);
  }

  /** The interfaces of params of ours that it names itself. */
  List<JavaType> interfaces() {
    return Arrays.stream(type.getInterfaces())
        .filter(each -> Params.class.isAssignableFrom(each) && isOurs(each))
        .map(JavaType::of)
        .toList();
  }

  /** The class of ours that it extends. */
  Optional<JavaType> superclass() {
    return Optional.ofNullable(type.getSuperclass()).filter(JavaType::isOurs).map(JavaType::of);
  }

  /** It and all of ours that it inherits from: interfaces before the superclass. */
  Set<JavaType> lineage() {
    Set<JavaType> lineage = new LinkedHashSet<>();
    addTo(lineage);
    superclass().ifPresent(parent -> lineage.addAll(parent.lineage()));
    return lineage;
  }

  private void addTo(Set<JavaType> lineage) {
    lineage.add(this);
    interfaces().forEach(parent -> parent.addTo(lineage));
  }
}
