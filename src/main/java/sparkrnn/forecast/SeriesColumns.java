package sparkrnn.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns of series, as the user named them, and their order in the rows of {@link #sorted}:
 * keys, time, targets, past and future covariates, static numbers, static texts, validation.
 *
 * @param validation boolean, whether a row is held out; empty for none
 */
public record SeriesColumns(
    List<String> keys,
    String time,
    List<String> targets,
    List<String> past,
    List<String> future,
    List<String> staticNumbers,
    List<String> staticTexts,
    String validation)
    implements Serializable {

  /** A column by its exact name, whatever characters it holds. */
  public static Column column(String name) {
    return functions.col('`' + name.replace("`", "``") + '`');
  }

  /** Whole series in each partition, each in the order of its times. */
  public Dataset<Row> sorted(Dataset<?> dataset) {
    List<Column> selected = new ArrayList<>();
    for (String key : keys) {
      selected.add(column(key).as("k" + selected.size()));
    }
    selected.add(column(time).as("time"));
    for (List<String> numbers : List.of(targets, past, future, staticNumbers)) {
      for (String name : numbers) {
        selected.add(column(name).cast(DataTypes.DoubleType).as("n" + selected.size()));
      }
    }
    for (String name : staticTexts) {
      selected.add(column(name).cast(DataTypes.StringType).as("t" + selected.size()));
    }
    if (!validation.isEmpty()) {
      selected.add(column(validation).as("validation"));
    }
    Dataset<Row> rows = dataset.select(selected.toArray(new Column[0]));
    Column[] order = new Column[keys.size() + 1];
    for (int i = 0; i < order.length; i++) {
      order[i] = functions.col(rows.columns()[i]);
    }
    Column[] grouping = java.util.Arrays.copyOf(order, keys.size());
    Dataset<Row> grouped = keys.isEmpty() ? rows.repartition(1) : rows.repartition(grouping);
    return grouped.sortWithinPartitions(order);
  }

  int firstTarget() {
    return keys.size() + 1;
  }

  int firstPast() {
    return firstTarget() + targets.size();
  }

  int firstFuture() {
    return firstPast() + past.size();
  }

  int firstStaticNumber() {
    return firstFuture() + future.size();
  }

  int firstStaticText() {
    return firstStaticNumber() + staticNumbers.size();
  }

  int validationPlace() {
    return firstStaticText() + staticTexts.size();
  }

  /** The name of the number at a place of a row, and the param that lists it. */
  String shown(int place) {
    String param = "staticCovariateCols";
    String name = "";
    if (place < firstPast()) {
      param = "targetCols";
      name = targets.get(place - firstTarget());
    } else if (place < firstFuture()) {
      param = "pastCovariateCols";
      name = past.get(place - firstPast());
    } else if (place < firstStaticNumber()) {
      param = "futureCovariateCols";
      name = future.get(place - firstFuture());
    } else if (place < firstStaticText()) {
      name = staticNumbers.get(place - firstStaticNumber());
    } else {
      name = staticTexts.get(place - firstStaticText());
    }
    return "column \"" + name + "\" (" + param + ")";
  }
}
