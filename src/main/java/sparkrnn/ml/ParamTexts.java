package sparkrnn.ml;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import scala.jdk.javaapi.CollectionConverters;

/** The params of a stage for people to read. */
public final class ParamTexts {

  private ParamTexts() {}

  /** The values of all params by name, sorted, defaults included. */
  public static Map<String, String> of(Params stage) {
    Map<String, String> texts = new TreeMap<>();
    for (ParamPair<?> pair : CollectionConverters.asJava(stage.extractParamMap().toSeq())) {
      texts.put(pair.param().name(), shown(pair.value()));
    }
    return texts;
  }

  private static String shown(Object value) {
    if (value instanceof String[] texts) {
      return String.join(", ", texts);
    }
    if (value instanceof int[] numbers) {
      return Arrays.toString(numbers);
    }
    return value instanceof double[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
  }
}
