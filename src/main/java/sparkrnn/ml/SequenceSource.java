package sparkrnn.ml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.FeatureReader;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.TokenReader;
import sparkrnn.data.Vocabulary;

/** What makes the sequence that a fitted network reads of a row. */
interface SequenceSource extends Serializable {

  /** The columns that are read. */
  List<String> columns();

  /**
   * The sequence of a row.
   *
   * @throws InvalidSequenceException that knows its column, if there is none that can be used
   */
  DecodedSequence read(Row row) throws InvalidSequenceException;

  /**
   * The feature columns of a model, in rows of this schema.
   *
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  static SequenceSource ofFeatures(RnnModel<?> model, StructType schema) {
    ColumnCheck check = new ColumnCheck(model, schema);
    FeatureReader reader = check.features(model.fitted().spec());
    return new OfFeatures(reader, check.featurePlaces(), model.numFeatures());
  }

  /**
   * The column of texts or tokens of a language model.
   *
   * @param unknownAllowed whether tokens that the vocabulary lacks are read as the unknown one
   * @throws IllegalArgumentException if the column is missing or holds other tokens
   */
  static SequenceSource ofTokens(
      RnnModel<?> model, StructType schema, Vocabulary vocabulary, boolean unknownAllowed) {
    String column = model.getFeaturesCol();
    vocabulary.requireKind(model.getClass().getSimpleName(), schema, column);
    return new OfTokens(
        new TokenReader(vocabulary, unknownAllowed), column, schema.fieldIndex(column));
  }

  /** Columns of numbers and ids side by side. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record OfFeatures(FeatureReader reader, int[] places, int features) implements SequenceSource {

    private static final long serialVersionUID = 1L;

    @Override
    public List<String> columns() {
      return reader.columns().names();
    }

    @Override
    public DecodedSequence read(Row row) throws InvalidSequenceException {
      return reader.read(row, places, features);
    }
  }

  /** A column of tokens, as their ids. */
  record OfTokens(TokenReader reader, String column, int place) implements SequenceSource {

    private static final long serialVersionUID = 1L;

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public DecodedSequence read(Row row) throws InvalidSequenceException {
      try {
        int[] ids = reader.read(row.get(place));
        float[] values = new float[ids.length];
        for (int t = 0; t < ids.length; t++) {
          values[t] = ids[t];
        }
        return new DecodedSequence(values, ids.length, 1);
      } catch (InvalidSequenceException invalid) {
        throw new InvalidSequenceException(invalid.getMessage(), column);
      }
    }
  }
}
