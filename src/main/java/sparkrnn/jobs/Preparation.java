package sparkrnn.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import sparkrnn.feature.SequenceAssembler;
import sparkrnn.feature.SlidingWindow;

/**
 * From raw rows to marked examples, as the sections "window", "sequence", "standardize" and "split"
 * say.
 *
 * <p>split.kind "rows" cuts the raw series at rows, before windows are made: a window belongs to
 * the part in which the last row of its target lies, so that no training window sees a later part.
 */
final class Preparation {

  /** The number of a row in its series, from 0. */
  static final String ROW = "rowOfSeries";

  private static final String VALIDATION_BEGIN = "validationBegin";
  private static final String TEST_BEGIN = "testBegin";
  private static final String UNUSED_BEGIN = "unusedBegin";

  private Preparation() {}

  static Examples examples(Dataset<Row> raw, JobConfig config) {
    boolean windows = config.has("window");
    String kind = config.text("split.kind", windows ? "order" : "random");
    if (config.flag("standardize", false) && !kind.equals("rows")) {
      throw new JobException(
          "standardize needs split.kind \"rows\": mean and deviation are those of the training rows.");
    }
    if (kind.equals("rows")) {
      return splitRows(raw, config);
    }
    Dataset<Row> rows = windows ? window(config).transform(raw) : assembled(raw, config);
    return switch (kind) {
      case "order" -> Examples.inOrder(rows, orderColumn(config, windows), config);
      case "random" -> Examples.atRandom(rows, config);
      case "column" -> Examples.byColumn(rows, config);
      default ->
          throw new JobException(
              String.format(
                  Locale.ROOT,
                  "split.kind is \"%s\"; it must be rows, order, random or column.",
                  kind));
    };
  }

  /** One sequence for each key, where the config asks for that; else the rows as they are. */
  static Dataset<Row> assembled(Dataset<Row> raw, JobConfig config) {
    if (!config.has("sequence")) {
      return raw;
    }
    SequenceAssembler assembler = new SequenceAssembler();
    StageParams.set(assembler, config, "sequence");
    return assembler.transform(raw);
  }

  private static String orderColumn(JobConfig config, boolean windows) {
    return windows
        ? config.text("split.by", config.text("window.windowEndCol", "windowEnd"))
        : config.required("split.by", "split.kind \"order\" needs the column to order by");
  }

  /** What windows predict: the value columns, where the config names no others. */
  static List<String> targets(JobConfig config) {
    List<String> chosen = config.texts("window.targetCols");
    return chosen.isEmpty() ? config.texts("window.valueCols") : chosen;
  }

  static SlidingWindow window(JobConfig config) {
    SlidingWindow window = new SlidingWindow();
    StageParams.set(window, config, "window");
    return window;
  }

  private static Examples splitRows(Dataset<Row> raw, JobConfig config) {
    if (!config.has("window")) {
      throw new JobException("split.kind \"rows\" needs the section \"window\".");
    }
    // Says what is wrong with columns before anything is computed of them.
    window(config).transformSchema(raw.schema());
    String time = config.required("window.timeCol", "windows are made in the order of time");
    Dataset<Row> numbered = numbered(raw, config.texts("window.keyCols"), time).cache();
    SplitSizes sizes = SplitSizes.of(config, lastRow(numbered) + 1);
    Optional<Standardization> scaler =
        config.flag("standardize", false)
            ? Optional.of(
                Standardization.of(numbered.filter(column(ROW).lt(sizes.train())), config))
            : Optional.empty();
    Dataset<Row> scaled = scaler.map(found -> found.stage().transform(numbered)).orElse(numbered);
    Dataset<Row> windows = window(config).transform(scaled);
    return new Examples(marked(windows, numbered, config, sizes).cache(), scaler);
  }

  /** Marks windows by the times at which the parts of their series begin. */
  private static Dataset<Row> marked(
      Dataset<Row> windows, Dataset<Row> numbered, JobConfig config, SplitSizes sizes) {
    List<String> keys = config.texts("window.keyCols");
    long validation = sizes.train();
    long test = validation + sizes.validation();
    Dataset<Row> begins =
        numbered
            .groupBy(columns(keys))
            .agg(
                begin(config, validation).as(VALIDATION_BEGIN),
                begin(config, test).as(TEST_BEGIN),
                begin(config, test + sizes.test()).as(UNUSED_BEGIN));
    Dataset<Row> joined =
        keys.isEmpty()
            ? windows.crossJoin(functions.broadcast(begins))
            : windows.join(functions.broadcast(begins), keys.toArray(new String[0]), "left_outer");
    Column target = column(config.text("window.targetTimeCol", "targetTime"));
    return joined
        .withColumn(
            Examples.PART,
            functions
                .when(from(target, UNUSED_BEGIN), "unused")
                .when(from(target, TEST_BEGIN), Examples.TEST)
                .when(from(target, VALIDATION_BEGIN), Examples.VALIDATION)
                .otherwise(Examples.TRAIN))
        .drop(VALIDATION_BEGIN, TEST_BEGIN, UNUSED_BEGIN);
  }

  /** The time of the row of this number; null where the series ends before. */
  private static Column begin(JobConfig config, long row) {
    Column time = column(config.text("window.timeCol", ""));
    return functions.min(functions.when(column(ROW).geq(row), time));
  }

  private static Column from(Column target, String begin) {
    return functions.coalesce(target.geq(functions.col(begin)), functions.lit(false));
  }

  /** Numbers the rows of each series by time, from 0. */
  static Dataset<Row> numbered(Dataset<Row> raw, List<String> keys, String time) {
    return raw.withColumn(
        ROW,
        functions
            .row_number()
            .over(Window.partitionBy(columns(keys)).orderBy(column(time)))
            .minus(1)
            .cast("long"));
  }

  static long lastRow(Dataset<Row> numbered) {
    Row last = numbered.agg(functions.max(ROW)).head();
    if (last.isNullAt(0)) {
      throw new JobException("the data has no rows.");
    }
    return last.getLong(0);
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(Preparation::column).toArray(Column[]::new);
  }

  private static Column column(String name) {
    return functions.col("`" + name + "`");
  }
}
