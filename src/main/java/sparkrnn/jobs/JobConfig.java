package sparkrnn.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The run file of a job: HOCON, with --set on top; every key must be a known one. */
final class JobConfig {

  private final Config config;

  private JobConfig(Config config) {
    this.config = config;
  }

  /**
   * Reads a file and lays the overrides over it.
   *
   * @param overrides "key=value", the value in HOCON; the last one wins
   * @throws JobException if the file is missing or malformed, or a key is unknown
   */
  static JobConfig load(String path, List<String> overrides) {
    File file = new File(path);
    if (!file.isFile()) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "there is no config file \"%s\"; conf/ holds examples such as conf/seed.conf.",
              path));
    }
    try {
      Config config = ConfigFactory.parseFile(file);
      for (String override : overrides) {
        config = parseOverride(override).withFallback(config);
      }
      config = config.resolve();
      ConfigKeys.check(config);
      return new JobConfig(config);
    } catch (ConfigException malformed) {
      throw new JobException("the config can't be read: " + malformed.getMessage());
    }
  }

  private static Config parseOverride(String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "--set \"%s\" is not key=value; for example --set model.maxIter=5.",
              override));
    }
    String key = override.substring(0, equals).strip();
    String value = override.substring(equals + 1).strip();
    try {
      return ConfigFactory.parseString(key + " = " + value);
    } catch (ConfigException notHocon) {
      return ConfigFactory.empty()
          .withValue(key, com.typesafe.config.ConfigValueFactory.fromAnyRef(value));
    }
  }

  boolean has(String path) {
    return config.hasPath(path);
  }

  String text(String path, String otherwise) {
    return read(path, otherwise, config::getString);
  }

  int integer(String path, int otherwise) {
    return read(path, otherwise, config::getInt);
  }

  long whole(String path, long otherwise) {
    return read(path, otherwise, config::getLong);
  }

  double number(String path, double otherwise) {
    return read(path, otherwise, config::getDouble);
  }

  boolean flag(String path, boolean otherwise) {
    return read(path, otherwise, config::getBoolean);
  }

  List<String> texts(String path) {
    return read(path, List.of(), config::getStringList);
  }

  /**
   * A text that must be there.
   *
   * @throws JobException naming the key and why it is needed
   */
  String required(String path, String why) {
    if (!has(path)) {
      throw new JobException(
          String.format(Locale.ROOT, "the config has no \"%s\"; %s.", path, why));
    }
    return text(path, "");
  }

  private <T> T read(String path, T otherwise, java.util.function.Function<String, T> reader) {
    try {
      return config.hasPath(path) ? reader.apply(path) : otherwise;
    } catch (ConfigException.WrongType wrong) {
      throw new JobException(
          String.format(Locale.ROOT, "\"%s\" has the wrong type: %s.", path, wrong.getMessage()));
    }
  }

  /** The values directly under a path by key; empty if there is none. */
  Map<String, ConfigValue> section(String path) {
    return config.hasPath(path) ? config.getObject(path) : Map.of();
  }

  /** The values under a path as texts by their full keys, such as reader options. */
  Map<String, String> textsUnder(String path) {
    Map<String, String> texts = new java.util.LinkedHashMap<>();
    if (config.hasPath(path)) {
      config
          .getConfig(path)
          .entrySet()
          .forEach(
              entry ->
                  texts.put(
                      entry.getKey().replace("\"", ""),
                      String.valueOf(entry.getValue().unwrapped())));
    }
    return texts;
  }

  /** An optional text. */
  Optional<String> optional(String path) {
    return has(path) ? Optional.of(text(path, "")) : Optional.empty();
  }
}
