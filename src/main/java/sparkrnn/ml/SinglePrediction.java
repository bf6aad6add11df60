package sparkrnn.ml;

import java.util.Locale;
import org.apache.spark.sql.Row;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.scoring.SingleSequence;

/** Predictions for one sequence at a time, without a Spark job. */
final class SinglePrediction {

  private static final float[] NONE = {};

  private final RnnModel<?> model;
  private final String stage;

  SinglePrediction(RnnModel<?> model) {
    this.model = model;
    this.stage = model.getClass().getSimpleName();
  }

  private double[] of(DecodedSequence sequence) {
    FittedNetwork fitted = model.fitted();
    SequenceBatch batch = new SequenceBatch(fitted.spec(), fitted.parameters(), model.encodes());
    batch.clear();
    batch.add(sequence);
    batch.compute();
    return batch.prediction(0);
  }

  double[] of(Row row) {
    SequenceSource source = model.source(row.schema());
    try {
      return of(source.read(row));
    } catch (InvalidSequenceException invalid) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column \"%s\": the row %s. Mend it.",
              stage,
              invalid.column(),
              invalid.getMessage()),
          invalid);
    }
  }

  double[] of(float[][] sequence) {
    int features = model.numFeatures();
    float[] values = SingleSequence.flattened(stage, sequence, features, NONE);
    return of(new DecodedSequence(values, sequence.length, features));
  }
}
