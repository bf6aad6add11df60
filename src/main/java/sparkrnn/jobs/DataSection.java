package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import sparkrnn.ml.ForecastParams;
import sparkrnn.ml.RnnModel;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageSection;
import sparkrnn.page.PageTable;

/** What a page says of the examples: how many, how long, how the labels lie; one job a table. */
final class DataSection {

  private static final int MOST_CLASSES = 12;
  private static final String VALUE = "value";

  private final Dataset<Row> rows;
  private final RnnModel<?> model;

  DataSection(RnnModel<?> model, Examples examples) {
    this.model = model;
    rows = examples.rows();
  }

  /** Adds the section. */
  void addTo(Page page) {
    PageSection section = page.section("Data");
    Map<String, DataType> columns = columns();
    lengths(section, columns);
    for (String label : labels()) {
      DataType type = columns.get(label);
      if (type instanceof StringType) {
        classes(section, label, Examples.quoted(label));
      } else if (type instanceof ArrayType array && array.elementType() instanceof StringType) {
        classes(section, label, functions.explode(Examples.quoted(label)));
      } else {
        numbers(section, label, type);
      }
    }
    section.paragraph("Columns: " + String.join(", ", described(columns)) + ".");
  }

  private Map<String, DataType> columns() {
    Map<String, DataType> columns = new LinkedHashMap<>();
    for (StructField field : rows.schema().fields()) {
      columns.put(field.name(), field.dataType());
    }
    return columns;
  }

  private static List<String> described(Map<String, DataType> columns) {
    return columns.entrySet().stream()
        .map(column -> "\"" + column.getKey() + "\" " + column.getValue().simpleString())
        .toList();
  }

  /** What is learnt. */
  private List<String> labels() {
    List<String> wanted =
        model instanceof ForecastParams forecast
            ? Arrays.asList(forecast.getTargetCols())
            : List.of(model.getLabelCol());
    List<String> present = List.of(rows.columns());
    return wanted.stream().filter(present::contains).toList();
  }

  private void lengths(PageSection section, Map<String, DataType> columns) {
    String[] several = model.getFeaturesCols();
    String features = several.length > 0 ? several[0] : model.getFeaturesCol();
    boolean sequences = columns.get(features) instanceof ArrayType;
    Column length = functions.size(Examples.quoted(features));
    List<Column> measures = new ArrayList<>(List.of(functions.count("*")));
    if (sequences) {
      measures.addAll(List.of(functions.min(length), functions.avg(length), functions.max(length)));
    }
    PageTable table =
        new PageTable(
            sequences
                ? List.of("part", "sequences", "shortest", "mean length", "longest")
                : List.of("part", "rows"));
    byPart(rows, measures, table);
    section.table(table);
    section.paragraph(
        model instanceof ForecastParams
            ? "Rows of series; a forecaster makes its windows itself."
            : "Lengths are time steps of \""
                + features
                + "\"; the network reads "
                + model.numFeatures()
                + " feature(s) of each.");
  }

  /** A row for each part: its name and the measures. */
  private static void byPart(Dataset<Row> rows, List<Column> measures, PageTable table) {
    Column[] rest = measures.subList(1, measures.size()).toArray(new Column[0]);
    List<Row> parts = rows.groupBy(Examples.PART).agg(measures.get(0), rest).collectAsList();
    for (String part : List.of(Examples.TRAIN, Examples.VALIDATION, Examples.TEST, "unused")) {
      for (Row found : parts) {
        if (part.equals(found.get(0))) {
          table.row(part);
          for (int i = 1; i < found.size(); i++) {
            table.cell(
                found.isNullAt(i) ? "" : Numbers.shown(((Number) found.get(i)).doubleValue()));
          }
        }
      }
    }
  }

  private void numbers(PageSection section, String label, DataType type) {
    Column value = Examples.quoted(label);
    DataType element = type;
    while (element instanceof ArrayType array) {
      value = functions.explode(value);
      element = array.elementType();
      if (element instanceof ArrayType) {
        return;
      }
    }
    if (!(element instanceof NumericType)) {
      return;
    }
    Column number = functions.col(VALUE);
    PageTable table =
        new PageTable(
            List.of("\"" + label + "\"", "values", "mean", "deviation", "least", "greatest"));
    byPart(
        rows.select(functions.col(Examples.PART), value.cast("double").as(VALUE)),
        List.of(
            functions.count(number),
            functions.avg(number),
            functions.stddev_pop(number),
            functions.min(number),
            functions.max(number)),
        table);
    section.table(table);
  }

  private void classes(PageSection section, String label, Column value) {
    List<Row> found =
        rows.filter(functions.col(Examples.PART).equalTo(Examples.TRAIN))
            .select(value.as(VALUE))
            .groupBy(VALUE)
            .count()
            .orderBy(functions.desc("count"), functions.col(VALUE))
            .collectAsList();
    double all = found.stream().mapToLong(row -> row.getLong(1)).sum();
    PageTable table = new PageTable(List.of("\"" + label + "\" in training", "count", "share"));
    for (Row row : found.subList(0, Math.min(MOST_CLASSES, found.size()))) {
      table.row(String.valueOf(row.get(0)), Numbers.whole(row.getLong(1)));
      table.cell(Cases.percent(row.getLong(1) / all));
    }
    section.table(table);
    if (found.size() > MOST_CLASSES) {
      section.paragraph(
          "The " + MOST_CLASSES + " most frequent of " + Numbers.whole(found.size()) + ".");
    }
  }
}
