package sparkrnn.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that the compiled classes call is in the Spark that the tests run on, which with the profiles
 * spark-3.5, spark-4.0 and spark-4.2 is another one than they were compiled against. If this fails,
 * the jar breaks with a NoSuchMethodError on a cluster of that Spark, perhaps hours into a fit.
 */
final class LinkageTest {

  @TempDir private Path directory;

  @Test
  void everyCallIsInThisSpark() throws IOException {
    Linkage linkage = new Linkage(LinkageTest.class.getClassLoader());
    assertThat(linkage.missing(Path.of("target", "classes"))).isEmpty();
  }

  /** The search itself, on a library that changes after its caller was compiled. */
  @Test
  void whatALaterReleaseTookAwayIsFound() throws IOException {
    compile(
        """
        public class Library {
          public static int field;
          public static void removed() {}
          public static int returns() { return 1; }
          public interface Asked { void old(); }
          public static class Shape { public void kept() {} }
        }
        """,
        """
        public class Caller implements Library.Asked {
          public void old() {
            Library.removed();
            Library.field = Library.returns();
            new Library.Shape().kept();
                  }
        }
        """);
    assertThat(missing()).isEmpty();
    compile(
        """
        public class Library {
          public static long returns() { return 1; }
          public interface Asked { void old(); int added(); }
          public interface Shape { void kept(); }
        }
        """);
    assertThat(missing())
        .containsExactly(
            "Library$Shape.<init> ()V, named by Caller",
            "Library$Shape.kept ()V, named by Caller",
            "Library.field I, named by Caller",
            "Library.removed ()V, named by Caller",
            "Library.returns ()I, named by Caller",
            "no body for public abstract int Library$Asked.added(), in Caller");
  }

  private void compile(String... sources) throws IOException {
    for (String source : sources) {
      String name = source.split(" ", -1)[2];
      Path file = Files.writeString(directory.resolve(name + ".java"), source);
      String[] arguments = {"-proc:none", "-cp", directory.toString(), file.toString()};
      assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    }
  }

  private List<String> missing() throws IOException {
    URL[] classes = {directory.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
      return new Linkage(loader).missing(directory);
    }
  }
}
