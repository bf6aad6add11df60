package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Values and targets less the mean of the training rows, divided by their standard deviation; as
 * stages of Spark's own, so that they can be saved with the model.
 */
final class Standardization {

  /** The mean and the deviation of one column. */
  private record Scale(String column, double mean, double deviation) {}

  private final List<String> kept;
  private final List<Scale> scales;

  private Standardization(List<String> kept, List<Scale> scales) {
    this.kept = kept;
    this.scales = scales;
  }

  /**
   * Measures the training rows.
   *
   * @throws JobException if a column is missing or has no value in the training rows
   */
  static Standardization of(Dataset<Row> trainingRows, JobConfig config) {
    Set<String> names = new LinkedHashSet<>(config.texts("window.valueCols"));
    names.addAll(config.texts("window.targetCols"));
    List<Column> statistics = new ArrayList<>();
    for (String name : names) {
      statistics.add(functions.avg(functions.col(quoted(name))));
      statistics.add(functions.stddev_pop(functions.col(quoted(name))));
    }
    Row row = trainingRows.select(statistics.toArray(new Column[0])).head();
    List<Scale> scales = new ArrayList<>();
    for (String name : names) {
      int at = 2 * scales.size();
      if (row.isNullAt(at)) {
        throw new JobException(
            "standardize: column \"" + name + "\" has no value in the training rows.");
      }
      double deviation = row.getDouble(at + 1);
      scales.add(new Scale(name, row.getDouble(at), deviation > 0 ? deviation : 1));
    }
    List<String> kept = new ArrayList<>(config.texts("window.keyCols"));
    kept.add(config.text("window.timeCol", ""));
    return new Standardization(kept, scales);
  }

  /** Standardizes; keeps the columns that windows are made of, and no others. */
  SQLTransformer stage() {
    List<String> selected = new ArrayList<>();
    kept.forEach(name -> selected.add(quoted(name)));
    for (Scale scale : scales) {
      String column = quoted(scale.column());
      selected.add(
          "("
              + column
              + " - "
              + sql(scale.mean())
              + ") / "
              + sql(scale.deviation())
              + " AS "
              + column);
    }
    return new SQLTransformer()
        .setStatement("SELECT " + String.join(", ", selected) + " FROM __THIS__");
  }

  /**
   * Brings predictions back to the units of their targets.
   *
   * @param columns all that there are, by name: Spark 3.5 has no word for all but one
   * @param targets the target columns; an array of predictions has one of each in turn
   * @param outputs numbers that are predicted
   */
  SQLTransformer inverse(
      List<String> columns, String predictionCol, List<String> targets, int outputs) {
    String column = quoted(predictionCol);
    List<Scale> of =
        targets.stream()
            .map(name -> scales.stream().filter(scale -> scale.column().equals(name)).findFirst())
            .map(found -> found.orElseThrow())
            .toList();
    String restored =
        outputs == 1
            ? column + " * " + sql(of.get(0).deviation()) + " + " + sql(of.get(0).mean())
            : "transform("
                + column
                + ", (p, i) -> p * array("
                + of.stream().map(scale -> sql(scale.deviation())).collect(Collectors.joining(", "))
                + ")[i % "
                + of.size()
                + "] + array("
                + of.stream().map(scale -> sql(scale.mean())).collect(Collectors.joining(", "))
                + ")[i % "
                + of.size()
                + "])";
    String selected =
        columns.stream()
            .map(name -> name.equals(predictionCol) ? restored + " AS " + column : quoted(name))
            .collect(Collectors.joining(", "));
    return new SQLTransformer().setStatement("SELECT " + selected + " FROM __THIS__");
  }

  /** A number with D, which makes it a double in SQL and not a decimal. */
  private static String sql(double number) {
    return number + "D";
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
