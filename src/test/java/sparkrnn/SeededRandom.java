package sparkrnn;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link RandomTest}: gives it numbers of a seed and tells the seed if it fails. */
final class SeededRandom implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return seeds(System.getProperty("seed"), Integer.getInteger("repeat", 1), System.nanoTime())
        .mapToObj(Run::new);
  }

  /** The seeds of all runs, from the one that was asked for or else from a fresh one. */
  static LongStream seeds(String asked, int repeat, long fresh) {
    long first = asked == null ? fresh : Long.parseLong(asked);
    return LongStream.range(0, repeat).map(i -> first + i);
  }

  /** The command that repeats one run. */
  static String command(Class<?> testClass, String method, long seed) {
    return "./mvnw test -Dtest=" + testClass.getSimpleName() + "#" + method + " -Dseed=" + seed;
  }

  private record Run(long seed) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Numbers(seed));
    }
  }

  private record Numbers(long seed) implements ParameterResolver, TestExecutionExceptionHandler {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == Random.class || type == SplittableRandom.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Random.class
          ? new Random(seed)
          : new SplittableRandom(seed);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
        throws Throwable {
      System.err.println(
          "Repeat with: "
              + command(
                  context.getRequiredTestClass(), context.getRequiredTestMethod().getName(), seed));
      throw thrown;
    }
  }
}
