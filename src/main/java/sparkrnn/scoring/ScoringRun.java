package sparkrnn.scoring;

import java.util.Arrays;
import java.util.Locale;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkWorkspace;
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

  ScoringRun(Network network, float[] parameters, boolean encodes) {
    this.network = network;
    this.workspace = network.newWorkspace();
    this.parameters = parameters;
    this.encodes = encodes;
  }

  /** (1, outputs), or (time steps, outputs); of an encoder (1, encoding). */
  double[][] outputs(float[][] sequence) {
    read(sequence);
    length[0] = sequence.length;
    packed.reset(length, 1);
    if (encodes) {
      network.encode(workspace, packed, x, parameters);
      return rows(workspace.encodings(), 1, network.encodingSize());
    }
    network.forward(workspace, packed, x, parameters);
    int rows = network.everyTimeStep() ? sequence.length : 1;
    return rows(workspace.predictions(), rows, network.spec().outputs());
  }

  /** Of one sequence the packed rows are its time steps. */
  private static double[][] rows(float[] numbers, int count, int width) {
    double[][] rows = new double[count][width];
    for (int row = 0; row < count; row++) {
      for (int k = 0; k < width; k++) {
        rows[row][k] = numbers[row * width + k];
      }
    }
    return rows;
  }

  private void read(float[][] sequence) {
    int features = network.spec().inputs();
    if (sequence.length == 0) {
      throw new IllegalArgumentException(
          "LocalScorer: the sequence has 0 time steps; it needs at least 1.");
    }
    int size = Math.multiplyExact(sequence.length, features);
    if (x.length < size) {
      x = new float[size];
    }
    for (int t = 0; t < sequence.length; t++) {
      check(sequence[t], t, features);
      System.arraycopy(sequence[t], 0, x, t * features, features);
    }
  }

  private static void check(float[] timeStep, int t, int features) {
    if (timeStep.length != features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "LocalScorer: time step %d of the sequence has %d features; the network needs %d.",
              t,
              timeStep.length,
              features));
    }
    for (float value : timeStep) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "LocalScorer: time step %d of the sequence is %s; values must be finite.",
                t,
                Arrays.toString(timeStep)));
      }
    }
  }
}
