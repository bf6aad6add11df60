package sparkrnn.ml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import sparkrnn.data.ClassLabels;
import sparkrnn.data.PackedExamples;
import sparkrnn.data.VirtualPartition;
import sparkrnn.data.WorkerShare;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;

/** How well a fitted tagger predicts the sequences of its fit, weighted like its loss. */
final class TaggingSweep implements FitSweep {

  /** Sequences computed in one piece. */
  private static final int PIECE = 256;

  private final ClassLabels labels;
  private final TaggingStatistics training;
  private final TaggingStatistics validation;

  TaggingSweep(ClassLabels labels) {
    this.labels = labels;
    training = new TaggingStatistics(labels);
    validation = new TaggingStatistics(labels);
  }

  private record Both(TaggingStatistics training, TaggingStatistics validation)
      implements Serializable {}

  @Override
  public void over(JavaRDD<WorkerShare> shares, TrainedNetwork trained) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(shares.context());
    Broadcast<float[]> parameters = context.broadcast(trained.parameters());
    NetworkSpec spec = trained.spec();
    ClassLabels sent = labels;
    List<Both> counted =
        shares.map(share -> new Counter(spec, parameters.value(), sent).count(share)).collect();
    for (Both each : counted) {
      training.add(each.training());
      validation.add(each.validation());
    }
    parameters.destroy();
  }

  /** What the model keeps of it. */
  ClassDescription description() {
    return new ClassDescription(
        labels, accuracy(training), accuracy(validation), f1(training), f1(validation));
  }

  private static Double accuracy(TaggingStatistics counted) {
    return counted.sequences() == 0 ? null : (Double) counted.timeSteps().accuracy();
  }

  private static Double f1(TaggingStatistics counted) {
    return counted.sequences() == 0 || counted.entities() == null
        ? null
        : (Double) counted.entities().f1();
  }

  /** Counts in one task. */
  private static final class Counter {

    private final Network network;
    private final NetworkWorkspace workspace;
    private final PackedExamples examples;
    private final float[] parameters;
    private final ClassLabels labels;
    private final TagDecoder decoder;

    Counter(NetworkSpec spec, float[] parameters, ClassLabels labels) {
      network = new Network(spec);
      workspace = network.newWorkspace();
      examples = new PackedExamples(spec.inputs(), network.targets(), network.everyTimeStep());
      this.parameters = parameters;
      this.labels = labels;
      decoder = new TagDecoder(spec, network.chain(parameters));
    }

    Both count(WorkerShare share) {
      return new Both(count(share.training()), count(share.validation()));
    }

    private TaggingStatistics count(List<VirtualPartition> partitions) {
      TaggingStatistics counts = new TaggingStatistics(labels);
      for (VirtualPartition partition : partitions) {
        for (int start = 0; start < partition.size(); start += PIECE) {
          int size = Math.min(PIECE, partition.size() - start);
          examples.pack(partition, null, start, size);
          network.forward(workspace, examples.sequences(), examples.x(), parameters);
          for (int place = 0; place < size; place++) {
            add(place, counts);
          }
        }
      }
      return counts;
    }

    private void add(int place, TaggingStatistics counts) {
      int K = labels.size();
      int T = examples.timeSteps(place);
      double[] raw = new double[T * K];
      double[] weights = new double[T];
      int[] known = new int[T];
      for (int t = 0; t < T; t++) {
        int row = examples.row(place, t);
        for (int k = 0; k < K; k++) {
          raw[t * K + k] = workspace.predictions()[row * K + k];
        }
        weights[t] = examples.weights()[row];
        // A time step without a label travels with the weight 0.
        known[t] = weights[t] > 0 ? (int) examples.targets()[row] : -1;
      }
      counts.add(known, decoder.places(raw), decoder.losses(raw, known), weights);
    }
  }
}
