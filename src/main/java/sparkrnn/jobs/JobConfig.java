package sparkrnn.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The run file of a job: HOCON, with --set on top; every key must be a known one. */
final class JobConfig {

  private static final Pattern SECRET =
      Pattern.compile("(?i)^(data|output)\\.options\\..*(secret|password|passwd|token|key|url)");

  private static final Pattern SEVERAL_LINES =
      Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\\\\n(?:[^\"\\\\\n]|\\\\.)*\"");

  private final Config config;

  private JobConfig(Config config) {
    this.config = config;
  }

  /**
   * Reads the file of a command line and lays its --set values over it, then those of options that
   * stand for a key; the last one wins. Without a file there are only these.
   *
   * @throws JobException if the file is missing or malformed, or a key is unknown
   */
  static JobConfig of(JobArguments arguments) {
    try {
      Config config = arguments.config().map(JobConfig::file).orElse(ConfigFactory.empty());
      for (String override : arguments.overrides()) {
        config = parseOverride(override).withFallback(config);
      }
      for (Map.Entry<String, String> setting : arguments.settings().entrySet()) {
        ConfigValue text = ConfigValueFactory.fromAnyRef(setting.getValue());
        config = config.withValue(setting.getKey(), text);
      }
      config = config.resolve();
      ConfigKeys.check(config);
      return new JobConfig(config);
    } catch (ConfigException malformed) {
      throw new JobException("the config can't be read: " + malformed.getMessage());
    }
  }

  private static Config file(String path) {
    File file = new File(path);
    if (!file.isFile()) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "there is no config file \"%s\"; conf/ holds examples such as conf/seed.conf.",
              path));
    }
    return ConfigFactory.parseFile(file);
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
      return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value));
    }
  }

  boolean has(String path) {
    return config.hasPath(path);
  }

  String text(String path, String otherwise) {
    return read(path, otherwise, config::getString, "a text");
  }

  int integer(String path, int otherwise) {
    return read(path, otherwise, config::getInt, "a whole number");
  }

  long whole(String path, long otherwise) {
    return read(path, otherwise, config::getLong, "a whole number");
  }

  double number(String path, double otherwise) {
    return read(path, otherwise, config::getDouble, "a number");
  }

  boolean flag(String path, boolean otherwise) {
    return read(path, otherwise, config::getBoolean, "true or false");
  }

  List<String> texts(String path) {
    return read(path, List.of(), config::getStringList, "a list of texts, such as [a, b]");
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

  private <T> T read(
      String path, T otherwise, Function<String, ? extends T> reader, String wanted) {
    try {
      return config.hasPath(path) ? reader.apply(path) : otherwise;
    } catch (ConfigException wrongTypeOrRange) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "\"%s\" is %s; it must be %s.",
              path,
              config.getValue(path).unwrapped(),
              wanted));
    }
  }

  /** The values directly under a path by key; empty if there is none. */
  Map<String, ConfigValue> section(String path) {
    return config.hasPath(path) ? config.getObject(path) : Map.of();
  }

  /**
   * The elements of a list; none if it isn't there.
   *
   * @throws JobException if it is no list
   */
  List<? extends ConfigValue> values(String path) {
    return read(path, List.<ConfigValue>of(), config::getList, "a list");
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

  /**
   * An optional text.
   *
   * @throws JobException if it is there and empty
   */
  Optional<String> optional(String path) {
    if (!has(path)) {
      return Optional.empty();
    }
    String text = text(path, "");
    if (text.isEmpty()) {
      throw new JobException("\"" + path + "\" is empty; give it a value, or leave it out.");
    }
    return Optional.of(text);
  }

  /**
   * All of it as HOCON, overrides included; of the options that are passed on to Spark the values
   * that may hold a secret are left out, as Spark leaves them out of its logs.
   */
  String shown() {
    Config shown = config;
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      if (SECRET.matcher(entry.getKey()).find()) {
        shown = shown.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef("(not shown)"));
      }
    }
    ConfigRenderOptions plain =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);
    return withLines(shown.root().render(plain).strip());
  }

  /** Texts of several lines as they were written, between three quotes, where no escape is read. */
  private static String withLines(String rendered) {
    return SEVERAL_LINES
        .matcher(rendered)
        .replaceAll(
            text -> {
              String value = ConfigFactory.parseString("text=" + text.group()).getString("text");
              boolean raw = !value.contains("\"\"\"") && !value.endsWith("\"");
              return Matcher.quoteReplacement(raw ? "\"\"\"" + value + "\"\"\"" : text.group());
            });
  }

  /** The path at a key, with output.overwrite. */
  Optional<OutputPath> output(String key) {
    return optional(key).map(path -> new OutputPath(key, path, flag("output.overwrite", false)));
  }
}
