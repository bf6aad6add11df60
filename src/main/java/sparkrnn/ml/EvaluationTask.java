package sparkrnn.ml;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.LabelDecoder;
import sparkrnn.data.RowDescription;

/**
 * Compares the predictions of a partition with its labels.
 *
 * @param <S> what is counted
 */
abstract class EvaluationTask<S> implements FlatMapFunction<Iterator<Row>, S> {

  private static final long serialVersionUID = 1L;

  private static final int UNSET = -1;

  private static final double[] ONE = {1};

  private final String stage;
  private final RowDescription description;
  private final LabelDecoder label;
  private final String labelCol;
  private final int labelPlace;
  private final int weightPlace;
  private final int predictionPlace;
  private final boolean invalidIsError;
  private final int outputs;

  /**
   * @param model whose params say which columns hold what
   * @param schema of the rows with their predictions
   * @param outputColumn the column that is compared with the label
   */
  EvaluationTask(RnnModel<?> model, LabelDecoder label, StructType schema, String outputColumn) {
    stage = model.getClass().getSimpleName();
    labelCol = model.getLabelCol();
    this.label = label;
    labelPlace = schema.fieldIndex(labelCol);
    String weightCol = FitInputs.textOrEmpty(model, model.weightCol());
    weightPlace = weightCol.isEmpty() ? UNSET : schema.fieldIndex(weightCol);
    predictionPlace = schema.fieldIndex(outputColumn);
    Set<String> leftOut = new HashSet<>(FitInputs.features(model).names());
    leftOut.add(labelCol);
    description = RowDescription.of(schema, leftOut);
    invalidIsError = model.getHandleInvalid().equals("error");
    outputs = model.numOutputs();
  }

  /** Counts of no row. */
  abstract S none();

  /**
   * Adds a row to the counts.
   *
   * @param weights one for the row, or one for each time step
   */
  abstract void add(S counts, Object prediction, float[] label, double[] weights);

  /**
   * Checks that a label and a prediction belong together.
   *
   * @throws InvalidSequenceException if they have not as many numbers
   */
  void check(float[] label, Object prediction) throws InvalidSequenceException {
    if (label.length != outputs) {
      throw new InvalidSequenceException(
          "has " + label.length + " numbers; the model predicts " + outputs);
    }
  }

  /** The counts of the partitions of a data set with predictions: one Spark job. */
  List<S> count(Dataset<Row> predicted) {
    return predicted.javaRDD().mapPartitions(this).collect();
  }

  /**
   * Checks that something was counted.
   *
   * @throws IllegalArgumentException if the sum of the weights is 0
   */
  void requireRows(double weights) {
    if (weights == 0) {
      throw new IllegalArgumentException(
          stage
              + ": no row is left to evaluate, or all weigh 0; at least one needs a sequence, a"
              + " label and a weight above 0. Check labelCol \""
              + labelCol
              + "\".");
    }
  }

  @Override
  public Iterator<S> call(Iterator<Row> rows) {
    S counts = none();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.isNullAt(predictionPlace)) {
        continue;
      }
      Optional<float[]> label = label(row);
      if (label.isPresent()) {
        add(counts, row.get(predictionPlace), label.get(), weights(row, label.get().length));
      }
    }
    return List.of(counts).iterator();
  }

  /** The label; empty if it can't be used and such rows are left out. */
  private Optional<float[]> label(Row row) {
    try {
      float[] values = label.decode(row.get(labelPlace));
      check(values, row.get(predictionPlace));
      return Optional.of(values);
    } catch (InvalidSequenceException invalid) {
      if (invalidIsError) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: column \"%s\": %s %s. Mend the row, or set handleInvalid to \"skip\".",
                stage,
                labelCol,
                description.describe(row),
                invalid.getMessage()));
      }
      return Optional.empty();
    }
  }

  private double[] weights(Row row, int timeSteps) {
    if (weightPlace == UNSET) {
      return ONE;
    }
    if (!(row.get(weightPlace) instanceof Seq<?> several)) {
      return new double[] {weight(row, row.get(weightPlace), "")};
    }
    if (several.size() != timeSteps) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has %d weights and %d time steps; every time step needs one. Mend the row.",
              stage,
              description.describe(row),
              several.size(),
              timeSteps));
    }
    double[] weights = new double[timeSteps];
    for (int t = 0; t < timeSteps; t++) {
      weights[t] = weight(row, several.apply(t), " at time step " + t);
    }
    return weights;
  }

  private double weight(Row row, Object value, String where) {
    double weight = value instanceof Number number ? number.doubleValue() : Double.NaN;
    if (!(weight >= 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has the weight %s%s; it must be a finite number of at least 0. Mend the row.",
              stage,
              description.describe(row),
              value,
              where));
    }
    return weight;
  }
}
