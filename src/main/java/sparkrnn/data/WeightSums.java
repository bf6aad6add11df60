package sparkrnn.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of row weights, added over virtual partitions in the order of their indices.
 *
 * @param training of the training sequences
 * @param validation of the sequences held out
 */
public record WeightSums(double training, double validation) implements Serializable {

  static final WeightSums NONE = new WeightSums(0, 0);

  static List<WeightSums> perPartition(WorkerShare share) {
    List<WeightSums> sums = new ArrayList<>();
    for (int i = 0; i < share.training().size(); i++) {
      sums.add(
          new WeightSums(
              share.training().get(i).weightSum(), share.validation().get(i).weightSum()));
    }
    return sums;
  }

  WeightSums plus(WeightSums other) {
    return new WeightSums(training + other.training, validation + other.validation);
  }
}
