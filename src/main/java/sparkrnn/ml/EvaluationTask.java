package sparkrnn.ml;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.InvalidSequenceException;
import sparkrnn.data.LabelDecoder;
import sparkrnn.data.RowDescription;
import sparkrnn.network.NetworkSpec;

/** Compares the predictions of a partition with its labels. */
final class EvaluationTask implements FlatMapFunction<Iterator<Row>, ErrorStatistics> {

  private static final long serialVersionUID = 1L;

  private static final int UNSET = -1;

  private final String stage;
  private final RowDescription description;
  private final LabelDecoder label;
  private final String labelCol;
  private final int labelPlace;
  private final int weightPlace;
  private final int predictionPlace;
  private final boolean invalidIsError;
  private final int outputs;
  private final double huberDelta;

  private EvaluationTask(RnnRegressionModel model, NetworkSpec spec, StructType schema) {
    stage = model.getClass().getSimpleName();
    labelCol = model.getLabelCol();
    label = new ColumnCheck(model, schema).label();
    labelPlace = schema.fieldIndex(labelCol);
    String weightCol = FitInputs.textOrEmpty(model, model.weightCol());
    weightPlace = weightCol.isEmpty() ? UNSET : schema.fieldIndex(weightCol);
    predictionPlace = schema.fieldIndex(model.getPredictionCol());
    description = RowDescription.of(schema, Set.of(labelCol, model.getFeaturesCol()));
    invalidIsError = model.getHandleInvalid().equals("error");
    outputs = spec.outputs();
    huberDelta = spec.huberDelta();
  }

  /** Runs the model over a data set with labels: one Spark job. */
  static RnnRegressionSummary evaluate(RnnRegressionModel model, Dataset<?> dataset) {
    ColumnCheck check = new ColumnCheck(model, dataset.schema());
    check.label();
    check.weight();
    NetworkSpec spec = model.fitted().spec();
    Dataset<Row> predicted = model.transform(dataset);
    EvaluationTask task = new EvaluationTask(model, spec, predicted.schema());
    List<ErrorStatistics> partitions = predicted.javaRDD().mapPartitions(task).collect();
    ErrorStatistics all = new ErrorStatistics(spec.outputs(), spec.huberDelta());
    partitions.forEach(all::add);
    if (all.weights() == 0) {
      throw new IllegalArgumentException(
          task.stage
              + ": no row is left to evaluate, or all weigh 0; at least one needs a sequence, a"
              + " label and a weight above 0. Check labelCol \""
              + task.labelCol
              + "\".");
    }
    return RnnRegressionSummary.of(all, spec.loss());
  }

  @Override
  public Iterator<ErrorStatistics> call(Iterator<Row> rows) {
    ErrorStatistics statistics = new ErrorStatistics(outputs, huberDelta);
    while (rows.hasNext()) {
      Row row = rows.next();
      Optional<float[]> label = label(row);
      if (label.isPresent() && !row.isNullAt(predictionPlace)) {
        statistics.add(prediction(row), label.get(), weight(row));
      }
    }
    return List.of(statistics).iterator();
  }

  private double[] prediction(Row row) {
    Object value = row.get(predictionPlace);
    if (value instanceof Double number) {
      return new double[] {number};
    }
    return row.<Double>getList(predictionPlace).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The label; empty if it can't be used and such rows are left out. */
  private Optional<float[]> label(Row row) {
    try {
      float[] values = label.decode(row.get(labelPlace));
      if (values.length != outputs) {
        throw new InvalidSequenceException(
            "has " + values.length + " numbers; the model predicts " + outputs);
      }
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

  private double weight(Row row) {
    if (weightPlace == UNSET) {
      return 1;
    }
    Object value = row.get(weightPlace);
    double weight = value instanceof Number number ? number.doubleValue() : Double.NaN;
    if (!(weight >= 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has the weight %s; it must be a finite number of at least 0. Mend the row.",
              stage,
              description.describe(row),
              value));
    }
    return weight;
  }
}
