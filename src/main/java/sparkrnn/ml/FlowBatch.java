package sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.data.ShardBuffer;
import sparkrnn.explain.GradientFlow;
import sparkrnn.network.Network;

/** Sequences with their targets, packed for a network. For one thread. */
final class FlowBatch {

  private final Network network;
  private final ShardBuffer shard;
  private final List<float[]> labels = new ArrayList<>();
  private long timeSteps;

  FlowBatch(Network network) {
    this.network = network;
    this.shard = new ShardBuffer(network.spec().inputs());
  }

  int size() {
    return labels.size();
  }

  /** The sum of the lengths. */
  long timeSteps() {
    return timeSteps;
  }

  void add(FlowExamples.Example example) {
    shard.add(example.sequence().values(), 0, example.sequence().timeSteps());
    labels.add(example.targets());
    timeSteps += example.sequence().timeSteps();
  }

  /** Hands all sequences over and forgets them. */
  void addTo(GradientFlow flow) {
    if (!labels.isEmpty()) {
      shard.pack();
      int rows = network.everyTimeStep() ? shard.sequences().rows() : size();
      float[] targets = new float[Math.multiplyExact(rows, network.targets())];
      float[] weights = new float[rows];
      for (int packed = 0; packed < size(); packed++) {
        write(packed, labels.get(shard.added(packed)), targets, weights);
      }
      flow.add(shard.sequences(), shard.x(), targets, weights);
    }
    shard.clear();
    labels.clear();
    timeSteps = 0;
  }

  private void write(int packed, float[] label, float[] targets, float[] weights) {
    if (!network.everyTimeStep()) {
      System.arraycopy(label, 0, targets, packed * label.length, label.length);
      weights[packed] = 1;
      return;
    }
    for (int t = 0; t < label.length; t++) {
      int row = shard.row(packed, t);
      boolean known = !Float.isNaN(label[t]);
      targets[row] = known ? label[t] : 0;
      weights[row] = known ? 1 : 0;
    }
  }
}
