package sparkrnn.ml;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.network.NetworkSpec;

/** Compares the predictions of a partition with its labels. */
final class EvaluationTask implements FlatMapFunction<Iterator<Row>, ErrorStatistics> {

  private static final long serialVersionUID = 1L;

  private static final int UNSET = -1;

  private final String stage;
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
    labelPlace = schema.fieldIndex(labelCol);
    String weightCol = FitInputs.textOrEmpty(model, model.weightCol());
    weightPlace = weightCol.isEmpty() ? UNSET : schema.fieldIndex(weightCol);
    predictionPlace = schema.fieldIndex(model.getPredictionCol());
    invalidIsError = model.getHandleInvalid().equals("error");
    outputs = spec.outputs();
    huberDelta = spec.huberDelta();
  }

  /** Runs the model over a data set with labels: one Spark job. */
  static RnnRegressionSummary evaluate(RnnRegressionModel model, Dataset<?> dataset) {
    ColumnCheck check = new ColumnCheck(model, dataset.schema());
    check.arrayLabels(model);
    check.weight(model);
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
      Optional<double[]> prediction = LabelValues.of(row.get(predictionPlace));
      Optional<double[]> label = label(row);
      if (prediction.isPresent() && label.isPresent()) {
        statistics.add(prediction.get(), label.get(), weight(row));
      }
    }
    return List.of(statistics).iterator();
  }

  private Optional<double[]> label(Row row) {
    Optional<double[]> label =
        LabelValues.of(row.get(labelPlace)).filter(values -> values.length == outputs);
    if (label.isEmpty() && invalidIsError) {
      throw new IllegalArgumentException(
          String.format(
              "%s: column \"%s\": %s has the label %s; it must be %d finite number(s). Mend the"
                  + " row, or set handleInvalid to \"skip\".",
              stage, labelCol, RowNaming.of(row), row.get(labelPlace), outputs));
    }
    return label;
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
              "%s: %s has the weight %s; it must be a finite number of at least 0. Mend the row.",
              stage, RowNaming.of(row), value));
    }
    return weight;
  }
}
