package sparkrnn.jobs;

/**
 * Every option that a job may take: its flag, what follows it, and a sentence for --help and the
 * completion of shells. An option with a config key is another way to set that key.
 */
enum JobOption {
  SET("--set", Value.KEY, "puts a value over that of the file; may be given often"),
  MODEL("--model", Value.PATH, "the saved model", "input.model"),
  OUTPUT("--output", Value.PATH, "where the rows go", "output.path"),
  FORMAT(
      "--format", Value.TEXT, "of the rows: parquet, csv, json, orc or another", "output.format"),
  HORIZON(
      "--horizon", Value.NUMBER, "rows of each series, at most the model's", "forecast.horizon"),
  PROMPT("--prompt", Value.TEXT, "what the text goes on from", "sample.prompt"),
  LENGTH("--length", Value.NUMBER, "tokens to draw; 500", "sample.length"),
  TEMPERATURE(
      "--temperature",
      Value.NUMBER,
      "above 0; small: only the likeliest; 0.8",
      "sample.temperature"),
  TOP_K("--top-k", Value.NUMBER, "draws from so many of the likeliest; 0: from all", "sample.topK"),
  TOP_P("--top-p", Value.NUMBER, "draws from the likeliest that reach this sum; 1", "sample.topP"),
  SEED("--seed", Value.NUMBER, "the same seed draws the same text; 1", "sample.seed"),
  WORKLOADS("--workloads", Value.TEXT, "names of workloads with commas between; --help lists them"),
  PEERS("--peers", Value.TEXT, "names of peers, or none; default all"),
  ROUNDS("--rounds", Value.NUMBER, "default 3"),
  SECONDS("--seconds", Value.NUMBER, "counted in each run; default 10"),
  WARM_UP_SECONDS("--warm-up-seconds", Value.NUMBER, "before them; default 10"),
  THREADS("--threads", Value.NUMBER, "of each system; default 2: local[2]"),
  MASTER("--master", Value.URL, "where spark-rnn runs instead of local[THREADS]"),
  METRICS("--metrics", Value.FILE, "writes what was measured as JSON"),
  REPORT(
      "--report",
      Value.FILE,
      "writes a page of HTML on the run: errors, curves, worst cases, model, config"),
  VERBOSE("--verbose", Value.NONE, "shows with an error where it was thrown"),
  HELP("--help", Value.NONE, "this text");

  /** What follows a flag. */
  enum Value {
    NONE,
    KEY,
    FILE,
    PATH,
    TEXT,
    NUMBER,
    URL;

    /** As help shows it; empty where nothing follows. */
    String shown() {
      return this == NONE ? "" : this == KEY ? "KEY=VALUE" : name();
    }
  }

  private final String flag;
  private final Value value;
  private final String meaning;
  private final String key;

  JobOption(String flag, Value value, String meaning) {
    this(flag, value, meaning, "");
  }

  JobOption(String flag, Value value, String meaning, String key) {
    this.flag = flag;
    this.value = value;
    this.meaning = meaning;
    this.key = key;
  }

  String flag() {
    return flag;
  }

  Value value() {
    return value;
  }

  String meaning() {
    return meaning;
  }

  /** The config key that the option sets; empty if it sets none. */
  String key() {
    return key;
  }
}
