package sparkrnn.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import sparkrnn.feature.SequenceAssembler;
import sparkrnn.feature.SlidingWindow;

/** Every key that a run file may have; the params of stages are asked of the stages. */
final class ConfigKeys {

  /** Under these any key is allowed: what stands there is passed on to Spark. */
  private static final List<String> OPEN = List.of("data.options.", "output.options.");

  /** A key is far from another if more than one character in so many is wrong. */
  private static final int FAR = 4;

  private static final List<String> OWN =
      List.of(
          "estimator",
          "data.source",
          "data.format",
          "data.path",
          "data.table",
          "data.options",
          "data.length",
          "data.sequences",
          "data.timeSteps",
          "data.seed",
          "data.sql",
          "window",
          "sequence",
          "standardize",
          "features",
          "calibrate",
          "anomaly.windows",
          "anomaly.series",
          "anomaly.smoothing",
          "anomaly.deviations",
          "split.kind",
          "split.by",
          "split.train",
          "split.validation",
          "split.test",
          "split.seed",
          "split.column",
          "model",
          "sample.prompt",
          "sample.length",
          "sample.temperature",
          "sample.topK",
          "sample.topP",
          "sample.seed",
          "output.model",
          "output.report",
          "output.overwrite",
          "output.path",
          "output.format",
          "output.options",
          "input.model",
          "forecast.horizon",
          "export.onnx",
          "export.keras",
          "export.pytorch");

  private ConfigKeys() {}

  private static List<String> known(Task task) {
    List<String> known = new ArrayList<>(OWN);
    addParams(known, "window", new SlidingWindow());
    addParams(known, "sequence", new SequenceAssembler());
    addParams(known, "model", task.create());
    return known;
  }

  private static void addParams(List<String> known, String section, Params stage) {
    for (Param<?> param : stage.params()) {
      known.add(section + "." + param.name());
    }
  }

  /** Every key of any task, sorted. */
  static SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>();
    for (Task task : Task.values()) {
      all.addAll(known(task));
    }
    return all;
  }

  /**
   * Checks all keys of a config.
   *
   * @throws JobException for the first unknown key, with its place and the key that was probably
   *     meant
   */
  static void check(Config config) {
    List<String> known =
        known(
            Task.named(config.hasPath("estimator") ? config.getString("estimator") : "regressor"));
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String key = entry.getKey();
      boolean open = OPEN.stream().anyMatch(key::startsWith);
      if (!open && !known.contains(key)) {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "%sthere is no config key \"%s\"; %s",
                place(entry.getValue().origin()),
                key,
                suggestion(key, known)));
      }
    }
  }

  private static String place(ConfigOrigin origin) {
    return origin.filename() == null
        ? ""
        : String.format(Locale.ROOT, "%s, line %d: ", origin.filename(), origin.lineNumber());
  }

  /** The key that was probably meant; where none is near, all that could stand there. */
  private static String suggestion(String key, List<String> known) {
    if (key.equals("model.epochs")) {
      return didYouMean("model.maxIter");
    }
    for (String candidate : known) {
      if (name(candidate).equalsIgnoreCase(name(key))) {
        return didYouMean(candidate);
      }
    }
    String nearest =
        known.stream()
            .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
            .orElseThrow();
    return distance(key, nearest) <= Math.max(2, key.length() / FAR)
        ? didYouMean(nearest)
        : possible(key.substring(0, Math.max(0, key.indexOf('.'))), known);
  }

  private static String didYouMean(String key) {
    return "did you mean \"" + key + "\"?";
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static String possible(String section, List<String> known) {
    List<String> names =
        known.stream()
            .filter(candidate -> candidate.startsWith(section + "."))
            .map(ConfigKeys::name)
            .toList();
    return names.isEmpty()
        ? "the sections are estimator, data, features, window, sequence, standardize, split, model, calibrate, anomaly, sample, forecast, output, input and export."
        : "\"" + section + "\" may have " + String.join(", ", names) + ".";
  }

  /** Levenshtein's edit distance: insertions, deletions and replacements. */
  static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
