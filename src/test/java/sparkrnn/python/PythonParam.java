package sparkrnn.python;

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

/**
 * A param of a stage, in Python.
 *
 * @param type of its value
 * @param argument type that a setter takes
 * @param converter that makes one of the other
 * @param defaultValue a literal; null without one
 */
record PythonParam(
    String name, String doc, String type, String argument, String converter, String defaultValue) {

  private record Kind(String type, String argument, String converter) {

    static Kind single(String type, String converter) {
      return new Kind(type, type, "TypeConverters." + converter);
    }

    static Kind list(String element, String converter) {
      return new Kind(
          "List[" + element + "]",
          "Union[" + element + ", Sequence[" + element + "]]",
          "_converters." + converter);
    }
  }

  private static final Map<Class<?>, Kind> KINDS =
      Map.of(
          Param.class, Kind.single("str", "toString"),
          IntParam.class, Kind.single("int", "toInt"),
          LongParam.class, Kind.single("int", "toInt"),
          DoubleParam.class, Kind.single("float", "toFloat"),
          BooleanParam.class, Kind.single("bool", "toBoolean"),
          StringArrayParam.class, Kind.list("str", "toListOfString"),
          IntArrayParam.class, Kind.list("int", "toListOfInt"),
          DoubleArrayParam.class, Kind.list("float", "toListOfFloat"));

  static PythonParam of(Params stage, String name) {
    Param<Object> param = stage.getParam(name);
    Kind kind = KINDS.get(param.getClass());
    if (kind == null) {
      throw new IllegalStateException("Python has no type yet for the param " + param);
    }
    return new PythonParam(
        name,
        param.doc(),
        kind.type(),
        kind.argument(),
        kind.converter(),
        stage.hasDefault(param) ? PythonText.literal(stage.getDefault(param).get()) : null);
  }

  /** The param as an argument with its default. */
  String keyword() {
    return defaultValue == null
        ? name + ": Optional[" + argument + "] = None"
        : name + ": " + argument + " = " + PythonText.immutable(defaultValue);
  }

  /** The param as an attribute of its class. */
  String definition() {
    return String.format(
        Locale.ROOT,
        """
            %s: Param[%s] = Param(
                Params._dummy(),
                "%s",
                %s,
                typeConverter=%s,
            )
        """,
        name,
        type,
        name,
        PythonText.literals(doc, 8),
        converter);
  }

  String getter() {
    return String.format(
        Locale.ROOT,
        """
            def get%s(self) -> %s:
                \"""The value of %s.\"""
                return self.getOrDefault(self.%s)
        """,
        capitalized(),
        type,
        name,
        name);
  }

  String setter() {
    return String.format(
        Locale.ROOT,
        """
            def set%s(self: S, value: %s) -> S:
                \"""Sets %s.\"""
                return self._set(%s=value)
        """,
        capitalized(),
        argument,
        name,
        name);
  }

  private String capitalized() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
