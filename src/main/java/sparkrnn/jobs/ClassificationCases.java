package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import sparkrnn.ml.RnnClassificationModel;
import sparkrnn.ml.RnnClassificationSummary;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageSection;
import sparkrnn.page.PageTable;
import sparkrnn.page.Sparkline;

/** Which classes are taken for which, and the rows that a classifier was most sure of in error. */
final class ClassificationCases {

  private static final String PROBABILITY = "probabilityOfReport";
  private static final String PREDICTED = "labelOfReport";
  private static final String SURE = "surenessOfReport";

  private final RnnClassificationModel model;
  private final Dataset<Row> test;

  ClassificationCases(RnnClassificationModel model, Examples examples) {
    this.model = model;
    test = examples.part(Examples.TEST);
  }

  void addTo(Page page) {
    RnnClassificationSummary summary = model.evaluate(test);
    PageSection section = page.section("Predictions against truth");
    DataType type = test.schema().apply(model.getLabelCol()).dataType();
    if (type instanceof ArrayType || type.typeName().equals("vector")) {
      section.table(ofSeveral(summary));
      return;
    }
    new Confusion(summary.labels(), summary.confusionMatrix()).addTo(section);
    page.section("Worst cases")
        .paragraph(
            "Test examples whose predicted class is not the true one, those first of which the model"
                + " was most sure.")
        .table(worst(type));
  }

  /** Of labels that may hold together, each by itself. */
  private static PageTable ofSeveral(RnnClassificationSummary summary) {
    PageTable table =
        new PageTable(
            List.of(
                "label", "true negatives", "false positives", "false negatives", "true positives"));
    double[][] counts = summary.confusionMatrix();
    for (int i = 0; i < counts.length; i++) {
      table.row(summary.labels()[i]);
      for (double count : counts[i]) {
        table.cell(Numbers.shown(count));
      }
    }
    return table;
  }

  private PageTable worst(DataType type) {
    RnnClassificationModel told =
        model
            .copy(org.apache.spark.ml.param.ParamMap.empty())
            .setProbabilityCol(PROBABILITY)
            .setPredictedLabelCol(PREDICTED);
    Column label = Examples.quoted(model.getLabelCol());
    Column wrong =
        type instanceof StringType
            ? functions.col(PREDICTED).notEqual(label)
            : Examples.quoted(model.getPredictionCol()).notEqual(label.cast("double"));
    List<Row> rows =
        told.transform(test)
            .filter(wrong)
            .withColumn(
                SURE,
                functions.array_max(
                    org.apache.spark.ml.functions.vector_to_array(
                        functions.col(PROBABILITY), "float64")))
            .orderBy(functions.desc(SURE), functions.xxhash64(label))
            .limit(Cases.WORST)
            .collectAsList();
    return table(rows);
  }

  private PageTable table(List<Row> rows) {
    List<String> but =
        List.of(model.getFeaturesCol(), model.getLabelCol(), Examples.PART, Preparation.ROW);
    List<String> names = Cases.names(test.schema(), but);
    boolean drawn = names.isEmpty();
    List<String> head = new ArrayList<>(names);
    head.addAll(List.of("truth", "prediction", "probability"));
    if (drawn) {
      head.add("sequence");
    }
    PageTable table = new PageTable(head);
    for (Row row : rows) {
      table.row(Cases.values(row, names)).cell(Cases.shown(row.getAs(model.getLabelCol())));
      table.cell(row.<String>getAs(PREDICTED)).cell(Cases.percent(row.<Double>getAs(SURE)));
      if (drawn) {
        double[] sequence = Cases.numbers(row.getAs(model.getFeaturesCol()));
        table.cell(new Sparkline(sequence, new double[0], new double[0]));
      }
    }
    return table;
  }
}
