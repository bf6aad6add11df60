package sparkrnn.jobs;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.PipelineStage;

/**
 * The stages that the list "features" of a run file names, each an object with the class at "stage"
 * and the params of that class.
 */
final class FeatureStages {

  private static final String CLASS = "stage";

  /** Where a class named without its package is looked for. */
  private static final List<String> PACKAGES =
      List.of("sparkrnn.feature.", "org.apache.spark.ml.feature.", "");

  private FeatureStages() {}

  /**
   * New stages with their params.
   *
   * @throws JobException if a class or a param is unknown, or a value of another type than the
   *     param
   */
  static List<PipelineStage> of(JobConfig config) {
    List<PipelineStage> stages = new ArrayList<>();
    for (ConfigValue value : config.values("features")) {
      stages.add(stage(value, "features[" + stages.size() + "]"));
    }
    return stages;
  }

  private static PipelineStage stage(ConfigValue value, String key) {
    if (!(value instanceof ConfigObject object) || !object.containsKey(CLASS)) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "\"%s\" is %s; it must be an object with the class of a stage at \"stage\", such as"
                  + " { stage = TokenIndexer, inputCol = name, outputCol = features }.",
              key,
              value.unwrapped()));
    }
    String name = String.valueOf(object.get(CLASS).unwrapped());
    PipelineStage stage = create(key, name);
    Map<String, ConfigValue> params = new LinkedHashMap<>(object);
    params.remove(CLASS);
    for (String param : params.keySet()) {
      if (!stage.hasParam(param)) {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "\"%s\": %s has no param \"%s\"; it has %s.",
                key,
                name,
                param,
                String.join(", ", StageParams.names(stage))));
      }
    }
    StageParams.set(stage, params, key);
    return stage;
  }

  private static PipelineStage create(String key, String name) {
    for (String prefix : PACKAGES) {
      Optional<Class<?>> found = find(prefix + name);
      if (found.isPresent()) {
        return create(key, name, found.get());
      }
    }
    throw unknown(key, name);
  }

  private static Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name));
    } catch (ClassNotFoundException elsewhere) {
      return Optional.empty();
    }
  }

  private static PipelineStage create(String key, String name, Class<?> found) {
    try {
      if (found.getConstructor().newInstance() instanceof PipelineStage stage) {
        return stage;
      }
    } catch (ReflectiveOperationException notConstructible) {
      throw unknown(key, name);
    }
    throw unknown(key, name);
  }

  private static JobException unknown(String key, String name) {
    return new JobException(
        String.format(
            Locale.ROOT,
            "\"%s.stage\" is \"%s\"; it must be a stage of sparkrnn.feature, such as TokenIndexer or"
                + " SequenceScaler, of Spark's ml.feature, such as SQLTransformer, or the full name"
                + " of another class.",
            key,
            name));
  }
}
