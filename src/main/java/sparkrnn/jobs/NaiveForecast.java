package sparkrnn.jobs;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

  private NaiveForecast() {}

  /**
   * All floors that make sense, on the test examples.
   *
   * @param lastValueIndexes for each number of the label, which feature of the last time step is
   *     its past; empty if the features don't hold it
   */
  static List<Floor> floors(
      Dataset<Row> train,
      Dataset<Row> test,
      String featuresCol,
      String labelCol,
      int[] lastValueIndexes,
      LossMeasure measure) {
    double[] means = means(train, labelCol);
    JavaRDD<double[][]> meanPairs =
        test.toJavaRDD()
            .map(row -> new double[][] {means, label(row.get(row.fieldIndex(labelCol)))});
    List<Floor> floors = new ArrayList<>();
    floors.add(floor("mean of the training labels", meanPairs, measure));
    if (lastValueIndexes.length > 0) {
      JavaRDD<double[][]> lastPairs =
          test.toJavaRDD()
              .map(
                  row ->
                      new double[][] {
                        lastValues(row.get(row.fieldIndex(featuresCol)), lastValueIndexes),
                        label(row.get(row.fieldIndex(labelCol)))
                      });
      floors.add(floor("last value", lastPairs, measure));
    }
    return floors;
  }

  private static double[] means(Dataset<Row> train, String labelCol) {
    double[] sums =
        train
            .toJavaRDD()
            .map(
                row -> {
                  double[] label = label(row.get(row.fieldIndex(labelCol)));
                  double[] counted = java.util.Arrays.copyOf(label, label.length + 1);
                  counted[label.length] = 1;
                  return counted;
                })
            .reduce(NaiveForecast::plus);
    double[] means = new double[sums.length - 1];
    for (int i = 0; i < means.length; i++) {
      means[i] = sums[i] / sums[means.length];
    }
    return means;
  }

  private static double[] plus(double[] one, double[] other) {
    double[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  private static Floor floor(String name, JavaRDD<double[][]> pairs, LossMeasure measure) {
    double[] sums =
        pairs
            .map(
                pair -> {
                  double[] errors = new double[4];
                  for (int i = 0; i < pair[0].length; i++) {
                    double difference = pair[0][i] - pair[1][i];
                    errors[0] += measure.of(difference);
                    errors[1] += difference * difference;
                    errors[2] += Math.abs(difference);
                  }
                  errors[3] = pair[0].length;
                  return errors;
                })
            .reduce(NaiveForecast::plus);
    return new Floor(name, sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3]);
  }

  static double[] label(Object value) {
    if (value instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    if (value instanceof Vector vector) {
      return vector.toArray();
    }
    Seq<?> numbers = (Seq<?>) value;
    double[] label = new double[numbers.size()];
    for (int i = 0; i < label.length; i++) {
      label[i] = ((Number) numbers.apply(i)).doubleValue();
    }
    return label;
  }

  private static double[] lastValues(Object features, int[] indexes) {
    Seq<?> steps = (Seq<?>) features;
    double[] last = label(steps.apply(steps.size() - 1));
    double[] values = new double[indexes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = last[indexes[i]];
    }
    return values;
  }
}
