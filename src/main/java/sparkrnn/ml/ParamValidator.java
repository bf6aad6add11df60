package sparkrnn.ml;

import java.util.Arrays;
import scala.runtime.AbstractFunction1;

/**
 * The validator of a param: throws a whole sentence where Spark's own would only say that the value
 * is invalid. Setters, param maps, grids and Python all pass through it.
 *
 * @param <T> what the param holds
 */
final class ParamValidator<T> extends AbstractFunction1<T, Object> implements java.io.Serializable {

  private static final long serialVersionUID = 1L;

  private final String stage;
  private final String param;
  private final Check check;

  ParamValidator(String stage, String param, Check check) {
    this.stage = stage;
    this.param = param;
    this.check = check;
  }

  /**
   * True.
   *
   * @throws IllegalArgumentException if the check does not accept the value
   */
  @Override
  public Object apply(T value) {
    if (!check.accepts(value)) {
      throw new IllegalArgumentException(
          stage + ": " + param + " is " + shown(value) + "; " + check.needed() + ".");
    }
    return true;
  }

  private static String shown(Object value) {
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    if (value instanceof String[] texts) {
      return Arrays.toString(texts);
    }
    if (value instanceof int[] numbers) {
      return numbers.length == 1 ? String.valueOf(numbers[0]) : Arrays.toString(numbers);
    }
    if (value instanceof double[] numbers) {
      return Arrays.toString(numbers);
    }
    return value instanceof String[] texts ? Arrays.toString(texts) : String.valueOf(value);
  }
}
