package sparkrnn.linalg;

import dev.ludovic.netlib.blas.BLAS;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * One implementation of netlib's BLAS, chosen once per class loader.
 *
 * <p>netlib decides at its own first use whether it has a native library, for the life of its
 * classes. Spark may have made that choice already, without one. So the native BLAS gets netlib
 * classes of its own, from a {@link PrivateClassLoader}, and the choice of everybody else stays as
 * it is. The system property that names the library to netlib is set only while they initialise.
 *
 * @param name for logs, see {@link Blas#name()}
 * @param isNative whether {@code sgemm} leaves Java
 * @param sgemm netlib's column-major sgemm with array offsets, without a check of its ranges
 * @param sgemv its sgemv, the same
 */
record BlasBinding(String name, boolean isNative, MethodHandle sgemm, MethodHandle sgemv) {

  /** Set to "java" to keep to the Java BLAS. */
  static final String CHOICE_PROPERTY = "sparkrnn.blas";

  private static final String LIBRARY_PROPERTY = "dev.ludovic.netlib.blas.nativeLibPath";
  private static final String NETLIB_PACKAGE = "dev.ludovic.netlib.";
  private static final MethodType SGEMM_TYPE =
      MethodType.methodType(
          void.class,
          String.class,
          String.class,
          int.class,
          int.class,
          int.class,
          float.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class,
          float.class,
          float[].class,
          int.class,
          int.class);

  private static final MethodType SGEMV_TYPE =
      MethodType.methodType(
          void.class,
          String.class,
          int.class,
          int.class,
          float.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class,
          float.class,
          float[].class,
          int.class,
          int.class);

  /** The native BLAS, or the Java one if asked for or, with a warning, if the native fails. */
  static BlasBinding load() {
    if ("java".equals(System.getProperty(CHOICE_PROPERTY))) {
      return java();
    }
    try {
      return openblas();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      System.getLogger(Blas.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The native BLAS did not load ("
                  + rootCause(e)
                  + "); training runs on the Java BLAS, several times slower. Put org.bytedeco"
                  + " openblas and javacpp of this platform on the class path.");
      return java();
    }
  }

  /**
   * netlib's Java BLAS, from the classes that everybody shares: the one on the Vector API where the
   * JVM was started with it, as Spark's launcher does.
   */
  static BlasBinding java() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    try {
      Object instance =
          instance(vectors ? "VectorBLAS" : "Java11BLAS", BLAS.class.getClassLoader());
      return of("java", false, instance);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("netlib's BLAS is not the version known here", e);
    }
  }

  /**
   * OpenBLAS as org.bytedeco bundles it, single-threaded, behind netlib's JNI.
   *
   * @throws ReflectiveOperationException if netlib is not the version known here
   * @throws LinkageError if a native library is missing or can't be loaded
   */
  static BlasBinding openblas() throws ReflectiveOperationException {
    Loader.load(openblas_nolapack.class);
    String library = Loader.getLoadedLibraries().get("openblas_nolapack@.0");
    if (library == null) {
      library = Loader.getLoadedLibraries().get("openblas@.0");
    }
    if (library == null) {
      throw new UnsatisfiedLinkError("there is no OpenBLAS for " + Loader.getPlatform());
    }
    openblas_nolapack.blas_set_num_threads(1);
    Object instance = netlibOn(library);
    String name = openblas_nolapack.OPENBLAS_VERSION.trim().toLowerCase(Locale.ROOT);
    return of(name + " (netlib JNI)", true, instance);
  }

  private static Object netlibOn(String library) throws ReflectiveOperationException {
    ClassLoader loader = new PrivateClassLoader(NETLIB_PACKAGE, BLAS.class.getClassLoader());
    synchronized (BlasBinding.class) {
      String before = System.getProperty(LIBRARY_PROPERTY);
      System.setProperty(LIBRARY_PROPERTY, library);
      try {
        return instance("JNIBLAS", loader);
      } finally {
        if (before == null) {
          System.clearProperty(LIBRARY_PROPERTY);
        } else {
          System.setProperty(LIBRARY_PROPERTY, before);
        }
      }
    }
  }

  /**
   * The one instance of a class of netlib. Not through its public getInstance: that hides why a
   * library did not load, and warns of all that it tries.
   */
  private static Object instance(String name, ClassLoader loader)
      throws ReflectiveOperationException {
    Class<?> blas = Class.forName(NETLIB_PACKAGE + "blas." + name, true, loader);
    Method getInstance = blas.getMethod("getInstance");
    getInstance.setAccessible(true);
    return getInstance.invoke(null);
  }

  private static BlasBinding of(String name, boolean isNative, Object instance)
      throws ReflectiveOperationException {
    return new BlasBinding(
        name,
        isNative,
        unchecked("sgemmK", SGEMM_TYPE, instance),
        unchecked("sgemvK", SGEMV_TYPE, instance));
  }

  /**
   * What netlib's public methods call once they have checked their arguments: the check of its
   * 3.0.3, which Spark 3.5 and 4.0 bring, refuses a block whose last row ends with its array.
   */
  private static MethodHandle unchecked(String method, MethodType type, Object instance)
      throws ReflectiveOperationException {
    Class<?> blas =
        Class.forName(
            NETLIB_PACKAGE + "blas.AbstractBLAS", false, instance.getClass().getClassLoader());
    Method found = blas.getDeclaredMethod(method, type.parameterArray());
    found.setAccessible(true);
    return MethodHandles.lookup().unreflect(found).bindTo(instance).asType(type);
  }

  private static Throwable rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
