package sparkrnn.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The texts of a checkpoint, read as numbers, each checked. All methods throw
 * IllegalArgumentException with a message that begins in the middle of a sentence: "it ...".
 */
final class CheckpointText {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Double>> DOUBLES = new TypeReference<>() {};

  private final Map<String, String> text;

  CheckpointText(Map<String, String> text) {
    this.text = text;
  }

  private String value(String name) {
    String value = text.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no \"" + name + "\"");
    }
    return value;
  }

  private static IllegalArgumentException refusal(String name, String value, String needed) {
    String shown = value.length() <= 50 ? value : value.substring(0, 50) + "...";
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "its \"%s\" is %s; %s", name, shown, needed));
  }

  /** A whole number in a range. */
  long wholeNumber(String name, long least, long most) {
    String value = value(name);
    String needed = "it must be a whole number from " + least + " to " + most;
    try {
      long number = Long.parseLong(value);
      if (number < least || number > most) {
        throw refusal(name, value, needed);
      }
      return number;
    } catch (NumberFormatException other) {
      throw refusal(name, value, needed);
    }
  }

  /** A whole number in a range of ints. */
  int wholeNumber(String name, int least, int most) {
    return (int) wholeNumber(name, (long) least, (long) most);
  }

  /** Any number but NaN. */
  double number(String name) {
    String value = value(name);
    try {
      double number = Double.parseDouble(value);
      if (Double.isNaN(number)) {
        throw refusal(name, value, "it must be a number");
      }
      return number;
    } catch (NumberFormatException other) {
      throw refusal(name, value, "it must be a number");
    }
  }

  /** A list of so many finite numbers, written as JSON. */
  List<Double> numbers(String name, int count) {
    String value = value(name);
    String needed = "it must be the JSON of " + count + " finite numbers";
    try {
      List<Double> numbers = JSON.readValue(value, DOUBLES);
      if (numbers == null
          || numbers.size() != count
          || !numbers.stream().allMatch(each -> Objects.nonNull(each) && Double.isFinite(each))) {
        throw refusal(name, value, needed);
      }
      return numbers;
    } catch (JsonProcessingException other) {
      throw refusal(name, value, needed);
    }
  }

  /** The JSON that {@link #numbers} reads. */
  static String of(List<Double> numbers) {
    try {
      return JSON.writeValueAsString(numbers);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
