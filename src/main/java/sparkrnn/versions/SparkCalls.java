package sparkrnn.versions;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StringType;
import scala.Function1;

/**
 * What Spark 4 has and Spark 3.5 spells otherwise, or has not. Which of the two is there is looked
 * up once, when this class is loaded; a call costs what a direct one does.
 */
public final class SparkCalls {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  /** Since Spark 4 a column is a tree of its own, turned into expressions by this class. */
  private static final String EXPRESSION_UTILS = "org.apache.spark.sql.classic.ExpressionUtils";

  private static final MethodHandle EXPRESSION =
      either(
          () ->
              LOOKUP.findStatic(
                  Class.forName(EXPRESSION_UTILS),
                  "expression",
                  MethodType.methodType(Expression.class, Column.class)),
          () -> LOOKUP.findVirtual(Column.class, "expr", MethodType.methodType(Expression.class)));

  private static final MethodHandle COLUMN =
      either(
          () ->
              LOOKUP.findStatic(
                  Class.forName(EXPRESSION_UTILS),
                  "column",
                  MethodType.methodType(Column.class, Expression.class)),
          () ->
              LOOKUP.findConstructor(
                  Column.class, MethodType.methodType(void.class, Expression.class)));

  /** Spark 3.5 knows no collations: all its texts are compared byte by byte. */
  private static final MethodHandle BINARY_EQUALITY =
      either(
          () ->
              LOOKUP.findVirtual(
                  StringType.class, "supportsBinaryEquality", MethodType.methodType(boolean.class)),
          () ->
              MethodHandles.dropArguments(
                  MethodHandles.constant(boolean.class, true), 0, StringType.class));

  private static final MethodType PARAM =
      MethodType.methodType(
          void.class, String.class, String.class, String.class, Function1.class, Class.class);

  private static final MethodHandle TEXT_PARAM =
      either(
          () -> LOOKUP.findConstructor(Param.class, PARAM),
          () ->
              MethodHandles.dropArguments(
                  LOOKUP.findConstructor(Param.class, PARAM.dropParameterTypes(4, 5)),
                  4,
                  Class.class));

  private SparkCalls() {}

  /** What a column computes. */
  public static Expression expression(Column column) {
    try {
      return (Expression) EXPRESSION.invokeExact(column);
    } catch (Throwable failure) {
      throw thrown(failure);
    }
  }

  /** The column that an expression computes. */
  public static Column column(Expression expression) {
    try {
      return (Column) COLUMN.invokeExact(expression);
    } catch (Throwable failure) {
      throw thrown(failure);
    }
  }

  /** Whether texts of a type are equal only if all their bytes are. */
  public static boolean comparesBytes(StringType type) {
    try {
      return (boolean) BINARY_EQUALITY.invokeExact(type);
    } catch (Throwable failure) {
      throw thrown(failure);
    }
  }

  /**
   * A param whose values are texts; from Spark 4 on it tells Spark Connect so, which converts
   * values by it.
   */
  @SuppressWarnings("unchecked")
  public static Param<String> textParam(
      String uid, String name, String doc, Function1<String, Object> validator) {
    try {
      return (Param<String>) TEXT_PARAM.invokeExact(uid, name, doc, validator, String.class);
    } catch (Throwable failure) {
      throw thrown(failure);
    }
  }

  /** Looks a call up; throws where this Spark has none. */
  private interface LookedUp {

    MethodHandle find() throws ReflectiveOperationException;
  }

  private static MethodHandle either(LookedUp ofSpark4, LookedUp ofSpark3) {
    try {
      return ofSpark4.find();
    } catch (ReflectiveOperationException older) {
      try {
        return ofSpark3.find();
      } catch (ReflectiveOperationException unknown) {
        unknown.addSuppressed(older);
        throw new IllegalStateException(
            "This Spark is neither 3.5 nor 4: " + unknown.getMessage(), unknown);
      }
    }
  }

  /** What a call threw, as it would have come out of a direct one. */
  private static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }
}
