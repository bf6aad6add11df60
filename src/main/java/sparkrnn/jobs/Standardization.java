package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Values and targets less the mean of the training rows, divided by their standard deviation, as a
 * stage of Spark's own, so that it can be saved with the model.
 */
final class Standardization {

  private Standardization() {}

  /**
   * The stage; it keeps the columns that windows are made of, and no others.
   *
   * @throws JobException if a column has no value in the training rows
   */
  static SQLTransformer of(Dataset<Row> trainingRows, JobConfig config) {
    List<String> names = scaledColumns(config);
    List<Column> statistics = new ArrayList<>();
    for (String name : names) {
      statistics.add(functions.avg(functions.col(quoted(name))));
      statistics.add(functions.stddev_pop(functions.col(quoted(name))));
    }
    Row row = trainingRows.select(statistics.toArray(new Column[0])).head();
    List<String> selected = new ArrayList<>();
    config.texts("window.keyCols").forEach(name -> selected.add(quoted(name)));
    selected.add(quoted(config.text("window.timeCol", "")));
    for (int i = 0; i < names.size(); i++) {
      if (row.isNullAt(2 * i)) {
        throw new JobException(
            "standardize: column \"" + names.get(i) + "\" has no value in the training rows.");
      }
      double deviation = row.getDouble(2 * i + 1);
      selected.add(scaled(quoted(names.get(i)), row.getDouble(2 * i), deviation));
    }
    return new SQLTransformer()
        .setStatement("SELECT " + String.join(", ", selected) + " FROM __THIS__");
  }

  private static List<String> scaledColumns(JobConfig config) {
    Set<String> names = new LinkedHashSet<>(config.texts("window.valueCols"));
    names.addAll(config.texts("window.targetCols"));
    return List.copyOf(names);
  }

  /** The numbers with D, which makes them doubles in SQL and not decimals. */
  private static String scaled(String column, double mean, double deviation) {
    return "("
        + column
        + " - "
        + mean
        + "D) / "
        + (deviation > 0 ? deviation : 1.0)
        + "D AS "
        + column;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
