package sparkrnn.jobs;

import com.typesafe.config.ConfigValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** Sets the params of a stage from the section of the config that bears their names. */
final class StageParams {

  private StageParams() {}

  /**
   * Sets every param of a section.
   *
   * @throws JobException if a value has another type than the param
   * @throws IllegalArgumentException if the param refuses the value
   */
  static void set(Params stage, JobConfig config, String section) {
    set(stage, config.section(section), section);
  }

  /** The names of all params of a stage. */
  static List<String> names(Params stage) {
    return Arrays.stream(stage.params()).map(Param::name).toList();
  }

  /**
   * Sets params of a stage, which it must have.
   *
   * @param at where they stand in the config
   * @throws JobException if a value has another type than the param
   * @throws IllegalArgumentException if the param refuses the value
   */
  static void set(Params stage, Map<String, ConfigValue> values, String at) {
    for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
      Param<Object> param = param(stage, entry.getKey());
      String key = at + "." + entry.getKey();
      Object value = entry.getValue().unwrapped();
      try {
        stage.set(param, converted(param, value));
      } catch (ClassCastException | NumberFormatException wrong) {
        throw new JobException(
            String.format(Locale.ROOT, "\"%s\" is %s; it must be %s.", key, value, wanted(param)));
      }
    }
  }

  private static Param<Object> param(Params stage, String name) {
    return stage.getParam(name);
  }

  private static Object converted(Param<?> param, Object value) {
    if (param instanceof IntParam) {
      return integer(value);
    } else if (param instanceof LongParam) {
      return whole(value);
    } else if (param instanceof DoubleParam) {
      return number(value);
    } else if (param instanceof BooleanParam) {
      return value instanceof String text ? parseBoolean(text) : (Boolean) value;
    } else if (param instanceof IntArrayParam) {
      return list(value).stream().mapToInt(StageParams::integer).toArray();
    } else if (param instanceof DoubleArrayParam) {
      return list(value).stream().mapToDouble(StageParams::number).toArray();
    } else if (param instanceof StringArrayParam) {
      return list(value).stream().map(String::valueOf).toArray(String[]::new);
    }
    if (value instanceof List || value instanceof Map) {
      throw new ClassCastException();
    }
    return String.valueOf(value);
  }

  private static double number(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : Double.parseDouble((String) value);
  }

  private static Boolean parseBoolean(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new ClassCastException();
    }
    return Boolean.valueOf(text);
  }

  private static Long whole(Object value) {
    double number =
        value instanceof Number found ? found.doubleValue() : Double.parseDouble((String) value);
    if (number != Math.rint(number)) {
      throw new ClassCastException();
    }
    return value instanceof Number found ? found.longValue() : Long.parseLong((String) value);
  }

  private static int integer(Object value) {
    long number = whole(value);
    if (number != (int) number) {
      throw new ClassCastException();
    }
    return (int) number;
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static String wanted(Param<?> param) {
    if (param instanceof IntParam) {
      return "a whole number of at most " + Integer.MAX_VALUE;
    } else if (param instanceof LongParam) {
      return "a whole number";
    } else if (param instanceof DoubleParam) {
      return "a number";
    } else if (param instanceof BooleanParam) {
      return "true or false";
    } else if (param instanceof IntArrayParam) {
      return "a whole number or a list of them";
    } else if (param instanceof DoubleArrayParam) {
      return "a number or a list of them";
    }
    return param instanceof StringArrayParam ? "a text or a list of them" : "a text";
  }
}
