package sparkrnn.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Row;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.LabelDecoder;

/** What makes the targets that the loss of a sequence is computed with. */
interface FlowExamples extends Serializable {

  /**
   * A sequence with its targets.
   *
   * @param targets (T), or (time steps) where every time step has one, NaN where it has none
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Example(DecodedSequence sequence, float[] targets) {}

  /**
   * The example of a row.
   *
   * @throws InvalidSequenceException if its label can't be used
   */
  Example of(Row row, DecodedSequence sequence) throws InvalidSequenceException;

  /**
   * Labels of a column.
   *
   * @param targets numbers of a label; 0 for one for each time step
   */
  record OfLabels(LabelDecoder decoder, String column, int place, int targets)
      implements FlowExamples {

    private static final long serialVersionUID = 1L;

    @Override
    public Example of(Row row, DecodedSequence sequence) throws InvalidSequenceException {
      try {
        float[] label = decoder.decode(row.get(place));
        int wanted = targets == 0 ? sequence.timeSteps() : targets;
        if (label.length != wanted) {
          throw new InvalidSequenceException(
              String.format(
                  Locale.ROOT,
                  "has %d %s and needs %d",
                  label.length,
                  targets == 0 ? "labels" : "numbers",
                  wanted));
        }
        return new Example(sequence, label);
      } catch (InvalidSequenceException invalid) {
        throw new InvalidSequenceException(invalid.getMessage(), column);
      }
    }
  }

  /** Of each token of a text the one that follows. */
  record OfNextTokens(String column) implements FlowExamples {

    private static final long serialVersionUID = 1L;

    @Override
    public Example of(Row row, DecodedSequence sequence) throws InvalidSequenceException {
      int pairs = sequence.timeSteps() - 1;
      if (pairs < 1) {
        throw new InvalidSequenceException("has one token and needs two", column);
      }
      float[] ids = sequence.values();
      return new Example(
          new DecodedSequence(Arrays.copyOf(ids, pairs), pairs, 1),
          Arrays.copyOfRange(ids, 1, pairs + 1));
    }
  }
}
