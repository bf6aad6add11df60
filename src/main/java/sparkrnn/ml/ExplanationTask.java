package sparkrnn.ml;

import java.util.Locale;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;

/** What {@link RnnModel#explain} sends to the executors. */
final class ExplanationTask extends BatchTask<ExplanationBatch> {

  private static final long serialVersionUID = 1L;

  private final Broadcast<float[]> parameters;
  private final ExplanationPlan plan;
  private final StructType explained;

  /**
   * @param explained the schema of the rows with the columns that are added
   */
  ExplanationTask(
      RnnModel<?> model,
      Broadcast<float[]> parameters,
      ExplanationPlan plan,
      StructType schema,
      StructType explained) {
    super(model, schema);
    this.parameters = parameters;
    this.plan = plan;
    this.explained = explained;
  }

  @Override
  ExplanationBatch newBatch() {
    return new ExplanationBatch(plan, parameters.value());
  }

  @Override
  long enoughTimeSteps() {
    return BatchIterator.ENOUGH_TIME_STEPS_BACK;
  }

  @Override
  DecodedSequence decode(Row row) throws InvalidSequenceException {
    DecodedSequence sequence = super.decode(row);
    int timeStep = plan.timeStep(sequence.timeSteps());
    if (timeStep < 0 || timeStep >= sequence.timeSteps()) {
      throw new InvalidSequenceException(
          String.format(
              Locale.ROOT,
              "has %d time steps and the one to explain is %d (timeStep)",
              sequence.timeSteps(),
              plan.timeStep()),
          reading().column());
    }
    return sequence;
  }

  @Override
  Row result(Row row, ExplanationBatch batch, int place) {
    Object[] values = longer(row, explained.size());
    if (place >= 0) {
      double[][] attributions = batch.attributions(place);
      Object[] timeSteps = new Object[attributions.length];
      for (int t = 0; t < timeSteps.length; t++) {
        timeSteps[t] = new ArraySeq.ofDouble(attributions[t]);
      }
      values[row.size()] = new ArraySeq.ofRef<>(timeSteps);
      if (explained.size() > row.size() + 1) {
        values[row.size() + 1] = batch.gap(place);
      }
    }
    return new GenericRowWithSchema(values, explained);
  }
}
