package sparkrnn.ml;

import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.RowDescription;
import sparkrnn.network.NetworkSpec;

/** What {@link RnnModel#transform} sends to the executors. */
final class PredictionTask implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  private final String stage;
  private final NetworkSpec spec;
  private final Broadcast<float[]> parameters;
  private final SequenceSource source;
  private final RowDescription description;
  private final String handleInvalid;
  private final int batchSize;
  private final OutputColumns columns;
  private final boolean encodes;
  private final AttentionColumn attention;
  private final StructType predicted;

  PredictionTask(RnnModel<?> model, Broadcast<float[]> parameters, StructType schema) {
    this.stage = model.getClass().getSimpleName();
    this.spec = model.fitted().spec();
    this.parameters = parameters;
    this.source = model.source(schema);
    this.description = RowDescription.of(schema, Set.copyOf(source.columns()));
    this.handleInvalid = model.getHandleInvalid();
    this.batchSize = model.getPredictionBatchSize();
    this.columns = model.outputColumns();
    this.encodes = model.encodes();
    this.attention = AttentionColumn.of(model);
    this.predicted = attention.appendTo(columns.appendTo(schema));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new PredictionIterator(rows, this);
  }

  SequenceBatch newBatch() {
    SequenceBatch batch = new SequenceBatch(spec, parameters.value(), encodes);
    return attention.isWanted() ? batch.withAttention() : batch;
  }

  int batchSize() {
    return batchSize;
  }

  DecodedSequence decode(Row row) throws InvalidSequenceException {
    return source.read(row);
  }

  /**
   * The row with its predictions, or nulls for none where place is negative. It is like one that
   * Spark decodes, with its schema: where another row function follows, Spark hands rows over as
   * they are.
   */
  Row withPrediction(Row row, SequenceBatch batch, int place) {
    Object[] values = new Object[predicted.size()];
    for (int column = 0; column < row.size(); column++) {
      values[column] = row.get(column);
    }
    if (place >= 0) {
      columns.write(batch.prediction(place), values, row.size());
    }
    if (place >= 0 && attention.isWanted()) {
      values[row.size() + columns.size()] = AttentionColumn.value(batch.attention(place));
    }
    return new GenericRowWithSchema(values, predicted);
  }

  /**
   * Whether a row without a usable sequence appears in the output.
   *
   * @throws IllegalArgumentException naming the row, if handleInvalid is "error"
   */
  boolean invalidRowStays(Row row, InvalidSequenceException invalid) {
    if (handleInvalid.equals("error")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\": %s %s. Mend the row, or set handleInvalid to \"skip\" or"
                  + " \"keep\".",
              stage,
              invalid.column(),
              description.describe(row),
              invalid.getMessage()));
    }
    return handleInvalid.equals("keep");
  }
}
