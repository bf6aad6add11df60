package sparkrnn.network;

import sparkrnn.data.ShardBuffer;

/** What our own network makes of sequences, shaped as ONNX has it: filled up with zeros. */
public final class NetworkOutputs {

  private final Network network;
  private final NetworkWorkspace workspace;
  private final ShardBuffer shard;
  private final float[] parameters;
  private final float[][][] sequences;
  private int longest;

  public NetworkOutputs(NetworkSpec spec, float[] parameters, float[][][] sequences) {
    this.network = new Network(spec);
    this.workspace = network.newWorkspace();
    this.shard = new ShardBuffer(spec.inputs());
    this.parameters = parameters;
    this.sequences = sequences;
    int features = spec.inputs();
    for (float[][] sequence : sequences) {
      longest = Math.max(longest, sequence.length);
      float[] values = new float[sequence.length * features];
      for (int t = 0; t < sequence.length; t++) {
        System.arraycopy(sequence[t], 0, values, t * features, features);
      }
      shard.add(values, 0, sequence.length);
    }
    shard.pack();
  }

  private void run() {
    network.forward(workspace, shard.sequences(), shard.x(), parameters);
  }

  public float[] outputs() {
    run();
    int outputs = network.spec().outputs();
    int steps = network.everyTimeStep() ? longest : 1;
    float[] all = new float[sequences.length * steps * outputs];
    for (int packed = 0; packed < sequences.length; packed++) {
      int own = network.everyTimeStep() ? shard.timeSteps(packed) : 1;
      for (int t = 0; t < own; t++) {
        int row = network.everyTimeStep() ? shard.row(packed, t) : packed;
        int to = (shard.added(packed) * steps + t) * outputs;
        System.arraycopy(workspace.predictions(), row * outputs, all, to, outputs);
      }
    }
    return all;
  }

  /** What the outputs stand for; zeros where there are none. */
  public float[] activated() {
    float[] outputs = outputs();
    int width = network.spec().outputs();
    int steps = network.everyTimeStep() ? longest : 1;
    for (int row = 0; row < outputs.length / width; row++) {
      double[] each = new double[width];
      for (int k = 0; k < width; k++) {
        each[k] = outputs[row * width + k];
      }
      network.activate(each);
      boolean alive = steps == 1 || row % steps < sequences[row / steps].length;
      for (int k = 0; k < width; k++) {
        outputs[row * width + k] = alive ? (float) each[k] : 0;
      }
    }
    return outputs;
  }

  public float[] attention() {
    run();
    float[] all = new float[sequences.length * longest];
    for (int packed = 0; packed < sequences.length; packed++) {
      float[] weights = workspace.attention(shard.sequences(), packed);
      System.arraycopy(weights, 0, all, shard.added(packed) * longest, weights.length);
    }
    return all;
  }

  public float[] encodings() {
    network.encode(workspace, shard.sequences(), shard.x(), parameters);
    int width = network.encodingSize();
    float[] all = new float[sequences.length * width];
    for (int packed = 0; packed < sequences.length; packed++) {
      System.arraycopy(
          workspace.encodings(), packed * width, all, shard.added(packed) * width, width);
    }
    return all;
  }

  public float[] tensor(String name) {
    return network.tensors(parameters).get(name);
  }
}
