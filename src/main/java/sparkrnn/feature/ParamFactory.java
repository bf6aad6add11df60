package sparkrnn.feature;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import sparkrnn.versions.SparkCalls;

/** Makes the params of one stage, each with a validator that names the stage, and explains them. */
final class ParamFactory {

  private final Params stage;

  ParamFactory(Params stage) {
    this.stage = stage;
  }

  private <T> ParamValidator<T> validator(String name, Check check) {
    return new ParamValidator<>(stage.getClass().getSimpleName(), name, check);
  }

  Param<String> text(String name, String doc, Check check) {
    return SparkCalls.textParam(stage.uid(), name, doc, validator(name, check));
  }

  IntParam wholeNumber(String name, String doc, Check check) {
    return new IntParam(stage, name, doc, validator(name, check));
  }

  DoubleParam number(String name, String doc, Check check) {
    return new DoubleParam(stage, name, doc, validator(name, check));
  }

  StringArrayParam texts(String name, String doc, Check check) {
    return new StringArrayParam(stage, name, doc, validator(name, check));
  }

  IntArrayParam wholeNumbers(String name, String doc, Check check) {
    return new IntArrayParam(stage, name, doc, validator(name, check));
  }

  BooleanParam fact(String name, String doc) {
    return new BooleanParam(stage, name, doc);
  }

  /** As Spark explains a param, but with arrays spelt out. */
  static String explain(Params stage, Param<?> param) {
    StringBuilder value = new StringBuilder();
    if (stage.hasDefault(param)) {
      value.append("default: ").append(plain(stage.getDefault(param).get()));
    }
    if (stage.isSet(param)) {
      value.append(value.length() == 0 ? "" : ", ");
      value.append("current: ").append(plain(stage.get(param).get()));
    }
    String shown = value.length() == 0 ? "undefined" : value.toString();
    return param.name() + ": " + param.doc() + " (" + shown + ")";
  }

  private static String plain(Object value) {
    if (value instanceof int[] numbers) {
      return Arrays.toString(numbers);
    }
    return value instanceof String[] texts ? Arrays.toString(texts) : String.valueOf(value);
  }

  /** A value as the user wrote it, texts in quotes. */
  static String shown(Object value) {
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    if (value instanceof String[] texts) {
      return Arrays.stream(texts)
          .map(ParamFactory::shown)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof int[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
  }
}
