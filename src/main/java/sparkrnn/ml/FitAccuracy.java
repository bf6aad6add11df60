package sparkrnn.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import sparkrnn.data.PackedExamples;
import sparkrnn.data.VirtualPartition;
import sparkrnn.data.WorkerShare;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;

/**
 * The accuracies of a fit, weighted like its loss: how often the most probable class is right; of
 * labels in arrays how many of all labels are. Without thresholds, as in Keras.
 */
final class FitAccuracy implements FitSweep {

  /** Sequences computed in one piece. */
  private static final int PIECE = 256;

  private final double threshold;
  private Hits training = Hits.NONE;
  private Hits validation = Hits.NONE;

  /**
   * @param threshold probability above which a label of an array holds
   */
  FitAccuracy(double threshold) {
    this.threshold = threshold;
  }

  /** Right ones and all, by weight. */
  private record Hits(double right, double all) implements Serializable {

    static final Hits NONE = new Hits(0, 0);

    Hits plus(Hits other) {
      return new Hits(right + other.right, all + other.all);
    }

    Double share() {
      return all > 0 ? (Double) (right / all) : null;
    }
  }

  private record Both(Hits training, Hits validation) implements Serializable {}

  @Override
  public void over(JavaRDD<WorkerShare> shares, TrainedNetwork trained) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(shares.context());
    Broadcast<float[]> parameters = context.broadcast(trained.parameters());
    NetworkSpec spec = trained.spec();
    double bound = threshold;
    List<Both> counted =
        shares.map(share -> new Counter(spec, parameters.value(), bound).count(share)).collect();
    for (Both each : counted) {
      training = training.plus(each.training());
      validation = validation.plus(each.validation());
    }
    parameters.destroy();
  }

  /** On the training sequences. */
  Double training() {
    return training.share();
  }

  /** On those held out; null if there are none. */
  Double validation() {
    return validation.share();
  }

  /** Counts in one task. */
  private static final class Counter {

    private final Network network;
    private final NetworkWorkspace workspace;
    private final PackedExamples examples;
    private final float[] parameters;
    private final int outputs;
    private final boolean oneClass;
    private final double threshold;

    Counter(NetworkSpec spec, float[] parameters, double threshold) {
      network = new Network(spec);
      workspace = network.newWorkspace();
      examples = new PackedExamples(spec.inputs(), network.targets(), network.everyTimeStep());
      this.parameters = parameters;
      outputs = spec.outputs();
      oneClass = spec.loss().equals("crossEntropy");
      this.threshold = threshold;
    }

    Both count(WorkerShare share) {
      return new Both(count(share.training()), count(share.validation()));
    }

    private Hits count(List<VirtualPartition> partitions) {
      Hits hits = Hits.NONE;
      for (VirtualPartition partition : partitions) {
        for (int start = 0; start < partition.size(); start += PIECE) {
          hits = hits.plus(count(partition, start, Math.min(PIECE, partition.size() - start)));
        }
      }
      return hits;
    }

    private Hits count(VirtualPartition partition, int start, int size) {
      examples.pack(partition, null, start, size);
      network.forward(workspace, examples.sequences(), examples.x(), parameters);
      double right = 0;
      double all = 0;
      for (int place = 0; place < size; place++) {
        double weight = examples.weights()[place];
        right += weight * share(place);
        all += weight;
      }
      return new Hits(right, all);
    }

    private double share(int place) {
      float[] target =
          Arrays.copyOfRange(examples.targets(), place * outputs, (place + 1) * outputs);
      double[] found = new double[outputs];
      for (int k = 0; k < outputs; k++) {
        found[k] = workspace.predictions()[place * outputs + k];
      }
      return oneClass
          ? (target[ClassColumns.largest(found)] == largest(target) ? 1 : 0)
          : shareOfRight(found, target);
    }

    private static float largest(float[] target) {
      float most = target[0];
      for (float each : target) {
        most = Math.max(most, each);
      }
      return most;
    }

    private double shareOfRight(double[] found, float[] target) {
      network.activate(found);
      int right = 0;
      for (int k = 0; k < outputs; k++) {
        // A smoothed target stays on its side of one half.
        right += found[k] > threshold == target[k] > 0.5 ? 1 : 0;
      }
      return (double) right / outputs;
    }
  }
}
