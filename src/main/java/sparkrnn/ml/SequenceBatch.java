package sparkrnn.ml;

import sparkrnn.data.DecodedSequence;
import sparkrnn.data.ShardBuffer;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;

/**
 * Sequences that a network runs over together: packed longest first inside, in the order of their
 * coming outside. Buffers are kept from batch to batch; for one thread.
 */
final class SequenceBatch implements RowBatch {

  private final Network network;
  private final NetworkWorkspace workspace;
  private final ShardBuffer shard;
  private final float[] parameters;
  private final boolean encodes;
  private int sequences;
  private long timeSteps;
  private double[][] predictions = new double[0][];
  private boolean attends;
  private float[][] attention = new float[0][];

  /**
   * An empty batch.
   *
   * @param parameters in the layout of the network; read only
   * @param encodes whether the outputs are what the network has before its head
   */
  SequenceBatch(NetworkSpec spec, float[] parameters, boolean encodes) {
    this.network = new Network(spec);
    this.workspace = network.newWorkspace();
    this.shard = new ShardBuffer(spec.inputs());
    this.parameters = parameters;
    this.encodes = encodes;
  }

  /** Keeps the weights of attention too; the network must pool by it. */
  SequenceBatch withAttention() {
    attends = true;
    return this;
  }

  @Override
  public void clear() {
    shard.clear();
    sequences = 0;
    timeSteps = 0;
  }

  @Override
  public void add(DecodedSequence sequence) {
    shard.add(sequence.values(), 0, sequence.timeSteps());
    sequences++;
    timeSteps += sequence.timeSteps();
  }

  @Override
  public int sequences() {
    return sequences;
  }

  @Override
  public long timeSteps() {
    return timeSteps;
  }

  /** Overwrites the predictions with those of the sequences added since {@link #clear}. */
  @Override
  public void compute() {
    predictions = new double[sequences][];
    if (sequences == 0) {
      return;
    }
    shard.pack();
    if (encodes) {
      network.encode(workspace, shard.sequences(), shard.x(), parameters);
    } else {
      network.forward(workspace, shard.sequences(), shard.x(), parameters);
    }
    boolean everyTimeStep = network.everyTimeStep() && !encodes;
    for (int packed = 0; packed < sequences; packed++) {
      predictions[shard.added(packed)] = everyTimeStep ? ofTimeSteps(packed) : row(packed);
    }
    if (attends) {
      copyAttention();
    }
  }

  private void copyAttention() {
    attention = new float[sequences][];
    for (int packed = 0; packed < sequences; packed++) {
      attention[shard.added(packed)] = workspace.attention(shard.sequences(), packed);
    }
  }

  /** The weight of each time step of the sequence that was added as this one, from 0. */
  float[] attention(int added) {
    return attention[added];
  }

  private double[] row(int packed) {
    if (encodes) {
      return copyOf(workspace.encodings(), packed, network.encodingSize());
    }
    return copyOf(workspace.predictions(), packed, network.spec().outputs());
  }

  private static double[] copyOf(float[] rows, int row, int width) {
    double[] copy = new double[width];
    for (int i = 0; i < width; i++) {
      copy[i] = rows[row * width + i];
    }
    return copy;
  }

  private double[] ofTimeSteps(int packed) {
    int outputs = network.spec().outputs();
    int length = shard.timeSteps(packed);
    double[] prediction = new double[Math.multiplyExact(length, outputs)];
    for (int t = 0; t < length; t++) {
      copyRow(shard.row(packed, t), prediction, t * outputs);
    }
    return prediction;
  }

  private void copyRow(int row, double[] target, int at) {
    int outputs = network.spec().outputs();
    for (int output = 0; output < outputs; output++) {
      target[at + output] = workspace.predictions()[row * outputs + output];
    }
  }

  /**
   * The outputs for the sequence that was added as this one, from 0; of all time steps, one after
   * the other, if the network has them for each.
   */
  double[] prediction(int added) {
    return predictions[added];
  }
}
