package sparkrnn.ml;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.InvalidSequenceException;

/** The mean of each feature over all time steps of the rows of a partition: sums, then a count. */
final class FeatureMeans implements FlatMapFunction<Iterator<Row>, double[]> {

  private static final long serialVersionUID = 1L;

  private final SequenceReading reading;
  private final int features;

  private FeatureMeans(RnnModel<?> model, StructType schema) {
    reading = new SequenceReading(model, schema);
    features = model.numFeatures();
  }

  /** One Spark job. */
  static double[] of(RnnModel<?> model, Dataset<?> dataset) {
    FeatureMeans task = new FeatureMeans(model, dataset.schema());
    List<double[]> parts =
        TaskErrors.unwrapped(() -> dataset.toDF().toJavaRDD().mapPartitions(task).collect());
    double[] means = new double[task.features];
    double count = parts.stream().mapToDouble(part -> part[task.features]).sum();
    if (count == 0) {
      throw ParamCombination.refusal(
          model, "there is no row that can be used; the mean needs at least one. Give rows.");
    }
    for (double[] part : parts) {
      for (int feature = 0; feature < means.length; feature++) {
        means[feature] += part[feature] / count;
      }
    }
    return means;
  }

  @Override
  public Iterator<double[]> call(Iterator<Row> rows) {
    double[] sums = new double[features + 1];
    while (rows.hasNext()) {
      Row row = rows.next();
      try {
        add(reading.read(row), sums);
      } catch (InvalidSequenceException invalid) {
        reading.invalidRowStays(row, invalid);
      }
    }
    return List.of(sums).iterator();
  }

  private void add(DecodedSequence sequence, double[] sums) {
    for (int t = 0; t < sequence.timeSteps(); t++) {
      for (int feature = 0; feature < features; feature++) {
        sums[feature] += sequence.values()[t * features + feature];
      }
    }
    sums[features] += sequence.timeSteps();
  }
}
