package sparkrnn.ml;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import sparkrnn.data.LabelDecoder;
import sparkrnn.network.NetworkSpec;

/** The errors of a regression. */
final class RegressionEvaluation extends EvaluationTask<ErrorStatistics> {

  private static final long serialVersionUID = 1L;

  private final int outputs;
  private final double huberDelta;

  private RegressionEvaluation(RnnRegressionModel model, LabelDecoder label, StructType schema) {
    super(model, label, schema, model.getPredictionCol());
    NetworkSpec spec = model.fitted().spec();
    outputs = spec.outputs();
    huberDelta = spec.huberDelta();
  }

  /** Runs the model over a data set with labels: one Spark job. */
  static RnnRegressionSummary evaluate(RnnRegressionModel model, Dataset<?> dataset) {
    ColumnCheck check = new ColumnCheck(model, dataset.schema());
    LabelDecoder label = check.label();
    check.weight();
    Dataset<Row> predicted = model.transform(dataset);
    RegressionEvaluation task = new RegressionEvaluation(model, label, predicted.schema());
    List<ErrorStatistics> partitions = task.count(predicted);
    ErrorStatistics all = task.none();
    partitions.forEach(all::add);
    task.requireRows(all.weights());
    return RnnRegressionSummary.of(all, model.fitted().spec().loss());
  }

  @Override
  ErrorStatistics none() {
    return new ErrorStatistics(outputs, huberDelta);
  }

  @Override
  void add(ErrorStatistics counts, Object prediction, float[] label, double[] weights) {
    counts.add(numbers(prediction), label, weights[0]);
  }

  private static double[] numbers(Object prediction) {
    if (prediction instanceof Double number) {
      return new double[] {number};
    }
    Seq<?> numbers = (Seq<?>) prediction;
    double[] values = new double[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Double) numbers.apply(i);
    }
    return values;
  }
}
