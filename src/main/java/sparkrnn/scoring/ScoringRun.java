package sparkrnn.scoring;

import java.util.Arrays;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.network.TimeStepLabels;
import sparkrnn.sequence.PackedSequences;

/** The buffers that one sequence at a time is scored in; for one thread. */
final class ScoringRun {

  private final Network network;
  private final NetworkWorkspace workspace;
  private final float[] parameters;
  private final boolean encodes;
  private final PackedSequences packed = new PackedSequences();
  private final int[] length = new int[1];
  private float[] x = new float[0];
  private TimeStepLabels labels;

  ScoringRun(Network network, float[] parameters, boolean encodes) {
    this.network = network;
    this.workspace = network.newWorkspace();
    this.parameters = parameters;
    this.encodes = encodes;
  }

  /** What the outputs for the sequence stand for; of an encoder its vector. */
  double[] prediction(float[][] sequence) {
    run(sequence);
    if (encodes) {
      return doubles(workspace.encodings(), network.encodingSize());
    }
    double[] outputs = doubles(workspace.predictions(), network.spec().outputs());
    network.activate(outputs);
    return outputs;
  }

  /** What the outputs of each time step stand for, (time steps, outputs). */
  double[][] probabilities(float[][] sequence) {
    return labels().probabilities(outputsOfTimeSteps(sequence));
  }

  /** The place of the label of each time step. */
  int[] places(float[][] sequence) {
    return labels().places(outputsOfTimeSteps(sequence));
  }

  private TimeStepLabels labels() {
    if (labels == null) {
      labels = new TimeStepLabels(network.spec(), network.chain(parameters));
    }
    return labels;
  }

  /** Of one sequence the packed rows are its time steps. */
  private float[] outputsOfTimeSteps(float[][] sequence) {
    run(sequence);
    return Arrays.copyOf(workspace.predictions(), sequence.length * network.spec().outputs());
  }

  private void run(float[][] sequence) {
    x = SingleSequence.flattened("LocalScorer", sequence, network.spec().inputs(), x);
    length[0] = sequence.length;
    packed.reset(length, 1);
    if (encodes) {
      network.encode(workspace, packed, x, parameters);
    } else {
      network.forward(workspace, packed, x, parameters);
    }
  }

  static double[] doubles(float[] numbers, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }
}
