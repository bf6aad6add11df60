package sparkrnn.ml;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Row;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;

/** Predictions for one sequence at a time, without a Spark job. */
final class SinglePrediction {

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
    batch.predict();
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
    return of(flattened(sequence, model.numFeatures()));
  }

  private DecodedSequence flattened(float[][] sequence, int features) {
    if (sequence.length == 0) {
      throw new IllegalArgumentException(
          stage + ": the sequence has 0 time steps; it needs at least 1.");
    }
    float[] values = new float[Math.multiplyExact(sequence.length, features)];
    for (int t = 0; t < sequence.length; t++) {
      checkTimeStep(sequence[t], t, features);
      System.arraycopy(sequence[t], 0, values, t * features, features);
    }
    return new DecodedSequence(values, sequence.length, features);
  }

  private void checkTimeStep(float[] timeStep, int t, int features) {
    if (timeStep.length != features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: time step %d of the sequence has %d features; the model needs %d.",
              stage,
              t,
              timeStep.length,
              features));
    }
    for (float value : timeStep) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: time step %d of the sequence is %s; values must be finite.",
                stage,
                t,
                Arrays.toString(timeStep)));
      }
    }
  }
}
