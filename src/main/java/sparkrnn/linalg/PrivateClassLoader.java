package sparkrnn.linalg;

import java.io.IOException;
import java.io.InputStream;

/**
 * Defines classes of one package tree anew, from the same bytes as its parent, and leaves all
 * others to the parent.
 */
final class PrivateClassLoader extends ClassLoader {

  private final String prefix;

  /**
   * @param prefix of the names of the classes to define, with the last dot
   */
  PrivateClassLoader(String prefix, ClassLoader parent) {
    super(parent);
    this.prefix = prefix;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(prefix)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
