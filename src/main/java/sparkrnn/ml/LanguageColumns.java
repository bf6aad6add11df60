package sparkrnn.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a language model: what a row cost, and the state that it left.
 *
 * @param nats its name
 * @param perplexity its name; empty for none
 * @param state its name; empty for none
 */
record LanguageColumns(String stage, String nats, String perplexity, String state)
    implements OutputColumns {

  private static final long serialVersionUID = 1L;

  static <S extends RnnParams & LanguageParams> LanguageColumns of(S stage) {
    return new LanguageColumns(
        stage.getClass().getSimpleName(),
        stage.getNatsCol(),
        stage.getPerplexityCol(),
        stage.getStateCol());
  }

  @Override
  public StructType appendTo(StructType schema) {
    ColumnCheck.isNew(stage, schema, "natsCol", nats);
    StructType longer = schema.add(nats, DataTypes.DoubleType, true);
    if (!perplexity.isEmpty()) {
      ColumnCheck.isNew(stage, longer, "perplexityCol", perplexity);
      longer = longer.add(perplexity, DataTypes.DoubleType, true);
    }
    if (!state.isEmpty()) {
      ColumnCheck.isNew(stage, longer, "stateCol", state);
      longer = longer.add(state, SQLDataTypes.VectorType(), true);
    }
    return longer;
  }

  @Override
  public int size() {
    return 1 + (perplexity.isEmpty() ? 0 : 1) + (state.isEmpty() ? 0 : 1);
  }

  /**
   * {@inheritDoc}
   *
   * @param outputs the nats, NaN for none, then the state
   */
  @Override
  public void write(double[] outputs, Object[] row, int from) {
    int next = from;
    boolean none = Double.isNaN(outputs[0]);
    row[next++] = none ? null : outputs[0];
    if (!perplexity.isEmpty()) {
      row[next++] = none ? null : StrictMath.exp(outputs[0]);
    }
    if (!state.isEmpty()) {
      double[] values = new double[outputs.length - 1];
      System.arraycopy(outputs, 1, values, 0, values.length);
      row[next] = Vectors.dense(values);
    }
  }
}
