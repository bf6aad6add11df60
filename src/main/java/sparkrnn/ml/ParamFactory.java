package sparkrnn.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import sparkrnn.versions.SparkCalls;

/** Makes the params of one stage, each with a validator that names the stage. */
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

  LongParam longNumber(String name, String doc, Check check) {
    return new LongParam(stage, name, doc, validator(name, check));
  }

  DoubleParam number(String name, String doc, Check check) {
    return new DoubleParam(stage, name, doc, validator(name, check));
  }

  DoubleArrayParam numbers(String name, String doc, Check check) {
    return new DoubleArrayParam(stage, name, doc, validator(name, check));
  }

  BooleanParam flag(String name, String doc) {
    return new BooleanParam(stage, name, doc);
  }

  StringArrayParam texts(String name, String doc, Check check) {
    return new StringArrayParam(stage, name, doc, validator(name, check));
  }

  IntArrayParam wholeNumbers(String name, String doc, Check check) {
    return new IntArrayParam(stage, name, doc, validator(name, check));
  }
}
