package sparkrnn.jobs;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The rows of series for a forecaster, which makes its windows itself, cut in their order. */
final class SeriesParts {

  private static final List<String> UNREAD =
      List.of("window", "sequence", "standardize", "features");

  private SeriesParts() {}

  /**
   * All rows, marked by their part and numbered in each series.
   *
   * @throws JobException if the config has a section that a forecaster does not read
   */
  static Examples of(Dataset<Row> raw, JobConfig config) {
    for (String section : UNREAD) {
      if (config.has(section)) {
        throw new JobException(
            String.format(
                Locale.ROOT,
                "estimator is \"forecaster\" and \"%s\" is set, which it does not read: it scales and"
                    + " cuts the series itself, as its params under \"model\" say. Leave \"%s\" out.",
                section,
                section));
      }
    }
    String kind = config.text("split.kind", "rows");
    if (!kind.equals("rows")) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "split.kind is \"%s\"; of a forecaster it must be rows, which cuts every series in the"
                  + " order of its times.",
              kind));
    }
    String time = config.required("model.timeCol", "series are cut in the order of time");
    Dataset<Row> numbered = Preparation.numbered(raw, config.texts("model.keyCols"), time).cache();
    SplitSizes sizes = SplitSizes.of(config, Preparation.lastRow(numbered) + 1);
    return new Examples(
        numbered.withColumn(Examples.PART, part(sizes)), java.util.Optional.empty());
  }

  private static Column part(SplitSizes sizes) {
    Column row = functions.col(Preparation.ROW);
    long test = sizes.train() + sizes.validation();
    return functions
        .when(row.lt(sizes.train()), Examples.TRAIN)
        .when(row.lt(test), Examples.VALIDATION)
        .when(row.lt(test + sizes.test()), Examples.TEST)
        .otherwise("unused");
  }

  /** The rows of a part, each series with so many before it. */
  static Dataset<Row> withHistory(Examples examples, String part, int history) {
    Row ends =
        examples
            .part(part)
            .agg(functions.min(Preparation.ROW), functions.max(Preparation.ROW))
            .head();
    return examples
        .rows()
        .filter(functions.col(Preparation.ROW).between(ends.getLong(0) - history, ends.getLong(1)));
  }
}
