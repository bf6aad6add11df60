package sparkrnn.linkage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import sparkrnn.linkage.ConstantPool.Member;

/** Looks on the class path for all that compiled classes name, as a JVM does when it links them. */
final class Linkage {

  private final ClassLoader loader;
  private final Map<String, Boolean> there = new HashMap<>();

  /**
   * @param loader of the classes that are looked at and of what they name
   */
  Linkage(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * What is not there, each with the class that names it. Not looked for are the JDK's own classes,
   * which the compiler's --release answers for.
   *
   * @param directory of class files
   */
  List<String> missing(Path directory) throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = directory.relativize(file).toString().replace(".class", "");
        missing.addAll(missingOf(file, name));
      }
    }
    return List.copyOf(missing);
  }

  private List<String> missingOf(Path file, String name) throws IOException {
    ConstantPool pool;
    try (InputStream in = Files.newInputStream(file)) {
      pool = ConstantPool.read(in);
    }
    List<String> missing = new ArrayList<>();
    for (String named : pool.classes()) {
      if (!there.computeIfAbsent(named, this::isThere)) {
        missing.add("class " + named.replace('/', '.') + ", named by " + name);
      }
    }
    for (Member member : pool.members()) {
      if (!there.computeIfAbsent(member.toString(), unused -> isThere(member))) {
        missing.add(member + ", named by " + name);
      }
    }
    missing.addAll(unimplemented(name));
    return missing;
  }

  private Class<?> load(String internalName) {
    try {
      return Class.forName(internalName.replace('/', '.'), false, loader);
    } catch (ClassNotFoundException | LinkageError absent) {
      return null;
    }
  }

  private static boolean isOfTheJdk(String internalName) {
    return internalName.startsWith("java/") || internalName.startsWith("javax/");
  }

  private boolean isThere(String internalName) {
    return isOfTheJdk(internalName) || load(internalName) != null;
  }

  private boolean isThere(Member member) {
    if (isOfTheJdk(member.owner())) {
      return true;
    }
    Class<?> owner = load(member.owner());
    if (owner == null || !member.isMethod()) {
      return owner != null && hasField(owner, member);
    }
    return owner.isInterface() == member.ofInterface() && hasMethod(owner, member);
  }

  private static boolean hasMethod(Class<?> owner, Member member) {
    if (member.name().equals("<init>")) {
      return Arrays.stream(owner.getDeclaredConstructors())
          .anyMatch(constructor -> descriptor(constructor).equals(member.descriptor()));
    }
    return lineage(owner)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .anyMatch(
            method ->
                method.getName().equals(member.name())
                    && descriptor(method).equals(member.descriptor()));
  }

  private static boolean hasField(Class<?> owner, Member member) {
    return lineage(owner)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .anyMatch(
            (Field field) ->
                field.getName().equals(member.name())
                    && field.getType().descriptorString().equals(member.descriptor()));
  }

  /** A class, its superclasses and all interfaces of them. */
  private static Stream<Class<?>> lineage(Class<?> type) {
    Stream<Class<?>> above =
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
    Stream<Class<?>> object = type.isInterface() ? Stream.of(Object.class) : Stream.empty();
    return Stream.of(Stream.<Class<?>>of(type), above.flatMap(Linkage::lineage), object)
        .flatMap(part -> part);
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }

  private static String descriptor(Constructor<?> constructor) {
    return MethodType.methodType(void.class, constructor.getParameterTypes())
        .toMethodDescriptorString();
  }

  /** Abstract methods that a class which is not abstract has got from those above it. */
  private List<String> unimplemented(String name) {
    Class<?> type = load(name);
    if (type == null) {
      return List.of("class " + name.replace('/', '.') + " can't be loaded");
    }
    if (Modifier.isAbstract(type.getModifiers()) || type.isInterface()) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    lineage(type)
        .flatMap(above -> Arrays.stream(above.getDeclaredMethods()))
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .filter(method -> !isImplemented(type, method))
        .forEach(method -> found.add("no body for " + method + ", in " + name));
    return found;
  }

  private static boolean isImplemented(Class<?> type, Method wanted) {
    return lineage(type)
        .flatMap(above -> Arrays.stream(above.getDeclaredMethods()))
        .anyMatch(
            method ->
                !Modifier.isAbstract(method.getModifiers())
                    && method.getName().equals(wanted.getName())
                    && descriptor(method).equals(descriptor(wanted)));
  }
}
