package sparkrnn.jobs;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import sparkrnn.ml.RnnTextModel;
import sparkrnn.page.Numbers;
import sparkrnn.page.Page;
import sparkrnn.page.PageTable;

/** The texts that a language model found least and most likely. */
final class LanguageCases {

  private static final String TEXT = "textOfReport";
  private static final String LENGTH = "lengthOfReport";
  private static final String COST = "costOfReport";

  private final RnnTextModel model;
  private final Dataset<Row> costs;

  LanguageCases(RnnTextModel model, Examples examples) {
    this.model = model;
    Dataset<Row> rows = model.transform(examples.part(Examples.TEST));
    Column features = Examples.quoted(model.getFeaturesCol());
    boolean array = rows.schema().apply(model.getFeaturesCol()).dataType() instanceof ArrayType;
    Column text = array ? functions.array_join(features.cast("array<string>"), " ") : features;
    Column length = array ? functions.size(features) : functions.length(features);
    costs =
        rows.select(text.as(TEXT), length.as(LENGTH), Examples.quoted(model.getNatsCol()).as(COST))
            .filter(functions.col(COST).isNotNull().and(functions.col(LENGTH).gt(0)));
  }

  void addTo(Page page) {
    page.section("Predictions against truth")
        .paragraph(
            "The test rows that cost least: each token of them was likely to follow those before it.")
        .table(table(functions.asc(COST)));
    page.section("Worst cases")
        .paragraph("The test rows that cost most nats per token.")
        .table(table(functions.desc(COST)));
  }

  private PageTable table(Column order) {
    PageTable table = new PageTable(List.of("nats per token", "tokens", model.getFeaturesCol()));
    for (Row row :
        costs
            .orderBy(order, functions.xxhash64(functions.col(TEXT)))
            .limit(Cases.WORST)
            .collectAsList()) {
      int length = row.getAs(LENGTH);
      double nats = row.getAs(COST);
      table.row(Numbers.shown(nats), Numbers.whole(length), Cases.shown(row.getAs(TEXT)));
    }
    return table;
  }
}
