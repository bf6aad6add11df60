package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import sparkrnn.ml.RnnRegressionModel;
import sparkrnn.page.Chart;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageTable;
import sparkrnn.page.Sparkline;

/** Predicted numbers beside the true ones, and the rows with the greatest errors. */
final class RegressionCases {

  private static final int SCATTERED = 500;
  private static final int IN_ORDER = 150;
  private static final String ERROR = "absoluteError";
  private static final String TRUTH = "truth";

  private final RnnRegressionModel model;
  private final Dataset<Row> predicted;
  private final String order;
  private final List<String> keys;
  private final boolean standardized;

  RegressionCases(RnnRegressionModel model, Examples examples, JobConfig config) {
    this.model = model;
    Dataset<Row> rows = model.transform(examples.part(Examples.TEST));
    Column truth = Examples.quoted(model.getLabelCol());
    boolean array = rows.schema().apply(model.getLabelCol()).dataType() instanceof ArrayType;
    predicted =
        rows.withColumn(TRUTH, truth.cast(array ? "array<double>" : "double"))
            .filter(functions.col(TRUTH).isNotNull())
            .withColumn(ERROR, error(array));
    order = config.has("window.timeCol") ? config.text("window.windowEndCol", "windowEnd") : "";
    keys = config.texts("window.keyCols");
    standardized = examples.scaler().isPresent();
  }

  /** The absolute difference; of arrays its mean. */
  private Column error(boolean array) {
    Column prediction = Examples.quoted(model.getPredictionCol());
    Column truth = functions.col(TRUTH);
    if (!array) {
      return functions.abs(truth.minus(prediction));
    }
    Column sum =
        functions.aggregate(
            functions.zip_with(truth, prediction, (t, p) -> functions.abs(t.minus(p))),
            functions.lit(0.0),
            Column::plus);
    return sum.divide(functions.size(truth));
  }

  void addTo(Page page) {
    List<Chart> charts = new ArrayList<>();
    if (!order.isEmpty()) {
      charts.add(inOrder());
    }
    charts.add(scatter());
    String unit = standardized ? " All in standardized units." : "";
    page.section("Predictions against truth")
        .paragraph("Test examples only. Of labels with several numbers the first is drawn." + unit)
        .charts(charts);
    page.section("Worst cases")
        .paragraph(
            "The test examples with the largest absolute error; the lines show the first feature,"
                + " then the truth (blue) and the prediction (orange).")
        .table(worst());
  }

  /** The first test windows of the first series in the order of their times. */
  private Chart inOrder() {
    Column[] by = new Column[keys.size() + 1];
    for (int i = 0; i < keys.size(); i++) {
      by[i] = Examples.quoted(keys.get(i));
    }
    by[keys.size()] = Examples.quoted(order);
    List<Row> first = predicted.orderBy(by).limit(IN_ORDER).collectAsList();
    List<Row> rows = first.stream().filter(row -> sameSeries(row, first.get(0))).toList();
    double[] place = Chart.counted(1, rows.size());
    return new Chart("Truth and prediction, one after the other", "test example")
        .line("truth", place, firsts(rows, TRUTH))
        .line("prediction", place, firsts(rows, model.getPredictionCol()));
  }

  private boolean sameSeries(Row row, Row other) {
    return keys.stream().allMatch(key -> Objects.equals(row.getAs(key), other.getAs(key)));
  }

  private Chart scatter() {
    List<Row> rows =
        predicted
            .orderBy(functions.xxhash64(functions.col(TRUTH), functions.col(ERROR)))
            .limit(SCATTERED)
            .collectAsList();
    return new Chart("Prediction (upright) against truth", "truth")
        .square()
        .points("prediction", firsts(rows, TRUTH), firsts(rows, model.getPredictionCol()));
  }

  private static double[] firsts(List<Row> rows, String column) {
    return rows.stream()
        .map(row -> Cases.numbers(row.getAs(column)))
        .mapToDouble(numbers -> numbers.length == 0 ? Double.NaN : numbers[0])
        .toArray();
  }

  private PageTable worst() {
    List<String> but =
        Arrays.asList(
            model.getFeaturesCol(),
            model.getLabelCol(),
            model.getPredictionCol(),
            ERROR,
            TRUTH,
            Examples.PART,
            Preparation.ROW);
    List<String> names = Cases.names(predicted.schema(), but);
    List<String> head = new ArrayList<>(List.of("error", "truth", "prediction", "sequence"));
    head.addAll(names);
    PageTable table = new PageTable(head);
    for (Row row : predicted.orderBy(functions.desc(ERROR)).limit(Cases.WORST).collectAsList()) {
      double[] truth = Cases.numbers(row.getAs(TRUTH));
      double[] prediction = Cases.numbers(row.getAs(model.getPredictionCol()));
      table.row(Numbers.shown(row.<Double>getAs(ERROR)), joined(truth), joined(prediction));
      table.cell(
          new Sparkline(Cases.numbers(row.getAs(model.getFeaturesCol())), truth, prediction));
      Cases.values(row, names).forEach(table::cell);
    }
    return table;
  }

  /** All numbers, of many the first. */
  private static String joined(double[] numbers) {
    String first =
        Arrays.stream(numbers)
            .limit(4)
            .mapToObj(Numbers::shown)
            .collect(java.util.stream.Collectors.joining(", "));
    return numbers.length > 4 ? first + ", …" : first;
  }
}
