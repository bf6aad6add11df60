package sparkrnn.ml;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import sparkrnn.network.NetworkSpec;

/** What {@link RnnModel#transform} sends to the executors. */
final class PredictionTask extends BatchTask<SequenceBatch> {

  private static final long serialVersionUID = 1L;

  private final NetworkSpec spec;
  private final Broadcast<float[]> parameters;
  private final OutputColumns columns;
  private final boolean encodes;
  private final AttentionColumn attention;
  private final StructType predicted;

  PredictionTask(RnnModel<?> model, Broadcast<float[]> parameters, StructType schema) {
    super(model, schema);
    this.spec = model.fitted().spec();
    this.parameters = parameters;
    this.columns = model.outputColumns();
    this.encodes = model.encodes();
    this.attention = AttentionColumn.of(model);
    this.predicted = attention.appendTo(columns.appendTo(schema));
  }

  @Override
  SequenceBatch newBatch() {
    SequenceBatch batch = new SequenceBatch(spec, parameters.value(), encodes);
    return attention.isWanted() ? batch.withAttention() : batch;
  }

  /**
   * The row with its predictions, or nulls for none where place is negative. It is like one that
   * Spark decodes, with its schema: where another row function follows, Spark hands rows over as
   * they are.
   */
  @Override
  Row result(Row row, SequenceBatch batch, int place) {
    Object[] values = longer(row, predicted.size());
    if (place >= 0) {
      columns.write(batch.prediction(place), values, row.size());
    }
    if (place >= 0 && attention.isWanted()) {
      values[row.size() + columns.size()] = AttentionColumn.value(batch.attention(place));
    }
    return new GenericRowWithSchema(values, predicted);
  }
}
