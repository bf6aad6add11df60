package sparkrnn.jobs;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.collection.Seq;

/**
 * What can be predicted without learning: the mean of the training labels, and, where the features
 * hold the target's own past, its last value.
 */
final class NaiveForecast {

  /**
   * The error of one naive forecast.
   *
   * @param name for people
   * @param loss in the unit of the model's loss
   * @param meanSquaredError of the same forecast
   * @param meanAbsoluteError of the same forecast
   */
  record Floor(String name, double loss, double meanSquaredError, double meanAbsoluteError) {}

  /** How a loss is measured from a difference. */
  record LossMeasure(String loss, double huberDelta) implements Serializable {

    private static final long serialVersionUID = 1L;

    double of(double difference) {
      double size = Math.abs(difference);
      return switch (loss) {
        case "mse" -> difference * difference;
        case "mae" -> size;
        default ->
            size <= huberDelta ? difference * difference / 2 : huberDelta * (size - huberDelta / 2);
      };
    }
  }

  private final String featuresCol;
  private final String labelCol;
  private final String weightCol;
  private final LossMeasure measure;

  /**
   * @param weightCol empty where every row weighs 1
   */
  NaiveForecast(String featuresCol, String labelCol, String weightCol, LossMeasure measure) {
    this.featuresCol = featuresCol;
    this.labelCol = labelCol;
    this.weightCol = weightCol;
    this.measure = measure;
  }

  /**
   * All floors that make sense, on the test examples that have a label and a sequence.
   *
   * @param lastValueIndexes for each number of the label, which feature of the last time step is
   *     its past; empty if the features don't hold it
   */
  List<Floor> floors(Dataset<Row> train, Dataset<Row> test, int[] lastValueIndexes) {
    double[] means = means(usable(train));
    String features = featuresCol;
    List<Floor> floors = new ArrayList<>();
    floors.add(floor("mean of the training labels", usable(test), row -> means));
    if (lastValueIndexes.length > 0) {
      floors.add(
          floor(
              "last value",
              usable(test),
              row -> lastValues(row.get(row.fieldIndex(features)), lastValueIndexes)));
    }
    return floors;
  }

  private Dataset<Row> usable(Dataset<Row> rows) {
    return rows.filter(
        functions
            .col("`" + labelCol + "`")
            .isNotNull()
            .and(functions.size(functions.col("`" + featuresCol + "`")).gt(0)));
  }

  private double[] means(Dataset<Row> train) {
    String label = labelCol;
    String weight = weightCol;
    double[] sums =
        train
            .toJavaRDD()
            .map(
                row -> {
                  double[] numbers = numbers(row.get(row.fieldIndex(label)));
                  double[] sum = Arrays.copyOf(numbers, numbers.length + 1);
                  sum[numbers.length] = 1;
                  return times(sum, weight(row, weight));
                })
            .reduce(NaiveForecast::plus);
    double[] means = new double[sums.length - 1];
    for (int i = 0; i < means.length; i++) {
      means[i] = sums[i] / sums[means.length];
    }
    return means;
  }

  private static double weight(Row row, String weightCol) {
    return weightCol.isEmpty() ? 1 : ((Number) row.get(row.fieldIndex(weightCol))).doubleValue();
  }

  private static double[] times(double[] numbers, double factor) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= factor;
    }
    return numbers;
  }

  private static double[] plus(double[] one, double[] other) {
    double[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  private Floor floor(String name, Dataset<Row> test, Function<Row, double[]> forecast) {
    String label = labelCol;
    String weight = weightCol;
    LossMeasure loss = measure;
    double[] sums =
        test.toJavaRDD()
            .map(
                row ->
                    times(
                        errors(forecast.call(row), numbers(row.get(row.fieldIndex(label))), loss),
                        weight(row, weight)))
            .reduce(NaiveForecast::plus);
    return new Floor(name, sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3]);
  }

  /** Sums of losses, squares and absolute differences over the outputs, and how many these are. */
  private static double[] errors(double[] forecast, double[] label, LossMeasure measure) {
    double[] errors = new double[4];
    for (int i = 0; i < label.length; i++) {
      double difference = forecast[i] - label[i];
      errors[0] += measure.of(difference);
      errors[1] += difference * difference;
      errors[2] += Math.abs(difference);
    }
    errors[3] = label.length;
    return errors;
  }

  static double[] numbers(Object value) {
    if (value instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    if (value instanceof Vector vector) {
      return vector.toArray();
    }
    Seq<?> numbers = (Seq<?>) value;
    double[] array = new double[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = ((Number) numbers.apply(i)).doubleValue();
    }
    return array;
  }

  private static double[] lastValues(Object features, int[] indexes) {
    Seq<?> steps = (Seq<?>) features;
    double[] last = numbers(steps.apply(steps.size() - 1));
    double[] values = new double[indexes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = last[indexes[i]];
    }
    return values;
  }
}
