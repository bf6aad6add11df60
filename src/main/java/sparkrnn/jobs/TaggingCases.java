package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import scala.collection.Seq;
import sparkrnn.ml.RnnTaggingModel;
import sparkrnn.ml.RnnTaggingSummary;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageTable;

/** Which labels of time steps are taken for which, and the sequences with the most errors. */
final class TaggingCases {

  private static final String PREDICTED = "labelsOfReport";
  private static final String WRONG = "wrongOfReport";
  private static final int MOST_TOLD = 8;

  private final RnnTaggingModel model;
  private final Dataset<Row> test;

  TaggingCases(RnnTaggingModel model, Examples examples) {
    this.model = model;
    test = examples.part(Examples.TEST);
  }

  void addTo(Page page) {
    RnnTaggingSummary summary = model.evaluate(test);
    new Confusion(summary.labels(), summary.confusionMatrix())
        .addTo(page.section("Predictions against truth"));
    page.section("Worst cases")
        .paragraph("The test sequences with the most time steps whose label is not the true one.")
        .table(worst());
  }

  private PageTable worst() {
    RnnTaggingModel told = model.copy(ParamMap.empty()).setPredictedLabelCol(PREDICTED);
    // A label that is a number is compared as one: its text may have another form.
    String compared = textLabels() ? PREDICTED : model.getPredictionCol();
    Column truth = Examples.quoted(model.getLabelCol());
    Column same =
        functions.zip_with(
            textLabels() ? truth : truth.cast("array<double>"),
            Examples.quoted(compared),
            (label, found) -> label.isNotNull().and(label.notEqual(found)));
    Column wrong = functions.size(functions.filter(same, found -> found));
    List<Row> rows =
        told.transform(test)
            .withColumn(WRONG, wrong)
            .filter(functions.col(WRONG).gt(0))
            .orderBy(functions.desc(WRONG), functions.xxhash64(truth))
            .limit(Cases.WORST)
            .collectAsList();
    PageTable table = new PageTable(List.of("time steps", "wrong", "which: truth → prediction"));
    for (Row row : rows) {
      Seq<?> labels = row.getAs(model.getLabelCol());
      int errors = row.getAs(WRONG);
      table.row(Numbers.whole(labels.size()), Numbers.whole(errors), told(row, labels));
    }
    return table;
  }

  private boolean textLabels() {
    return test.schema().apply(model.getLabelCol()).dataType() instanceof ArrayType array
        && array.elementType() instanceof StringType;
  }

  /** The first errors of a sequence, with the word where the rows have words. */
  private String told(Row row, Seq<?> labels) {
    Seq<?> predicted = row.getAs(PREDICTED);
    Seq<?> words = words(row, labels.size());
    List<String> told = new ArrayList<>();
    for (int t = 0; t < labels.size() && told.size() < MOST_TOLD; t++) {
      Object label = labels.apply(t);
      if (label != null && !String.valueOf(label).equals(predicted.apply(t))) {
        String step = words == null ? "step " + t : String.valueOf(words.apply(t));
        told.add(step + ": " + label + " → " + predicted.apply(t));
      }
    }
    return String.join(", ", told);
  }

  /** The first other column of as many texts; null if there is none. */
  private Seq<?> words(Row row, int length) {
    for (StructField field : test.schema().fields()) {
      if (field.dataType() instanceof ArrayType array
          && array.elementType() instanceof StringType
          && !field.name().equals(model.getLabelCol())
          && row.getAs(field.name()) instanceof Seq<?> words
          && words.size() == length) {
        return words;
      }
    }
    return null;
  }
}
