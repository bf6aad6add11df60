package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Reads the streams of a data set in their order. */
final class StreamReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final StreamColumns columns;
  private final TokenReader tokens;
  private final RowDescription description;

  /**
   * Checks the schema.
   *
   * @throws IllegalArgumentException if a column is missing or of a type that can't be used
   */
  StreamReader(StreamColumns columns, TokenReader tokens, StructType schema) {
    this.columns = columns;
    this.tokens = tokens;
    columns.check(schema);
    this.description = RowDescription.of(schema, Set.of(columns.tokensCol()));
  }

  /** The streams: by orderCol, then by their content, so that no partitioning changes the order. */
  JavaRDD<TokenStream> read(Dataset<?> dataset) {
    List<Column> selected = new ArrayList<>();
    selected.add(RowEncoder.column(dataset, columns.tokensCol()).as("tokens"));
    selected.add(
        columns.validationIndicatorCol().isEmpty()
            ? functions.lit(false).as("validation")
            : RowEncoder.column(dataset, columns.validationIndicatorCol()).as("validation"));
    selected.add(
        columns.orderCol().isEmpty()
            ? functions.lit(0).as("order")
            : RowEncoder.column(dataset, columns.orderCol()).as("order"));
    for (String name : description.columns()) {
      selected.add(RowEncoder.column(dataset, name));
    }
    Dataset<Row> rows = dataset.select(selected.toArray(new Column[0]));
    Column[] order = {functions.col("order"), functions.col("tokens"), functions.col("validation")};
    return rows.orderBy(order).toJavaRDD().map(this::stream);
  }

  private TokenStream stream(Row row) {
    String column = columns.tokensCol();
    try {
      int[] ids = tokens.read(row.get(0));
      column = columns.validationIndicatorCol();
      if (row.isNullAt(1)) {
        throw new InvalidSequenceException(
            "is null; every row needs true (validation) or false (training)");
      }
      return new TokenStream(ids, row.getBoolean(1), "");
    } catch (InvalidSequenceException invalid) {
      if (columns.handleInvalid().equals("skip")) {
        return new TokenStream(new int[0], false, "");
      }
      String problem =
          String.format(
              Locale.ROOT,
              "column \"%s\": %s %s. Mend the row, or set handleInvalid to \"skip\".",
              column,
              description.describe(row),
              invalid.getMessage());
      return new TokenStream(new int[0], false, problem);
    }
  }
}
