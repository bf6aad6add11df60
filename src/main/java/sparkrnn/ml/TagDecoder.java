package sparkrnn.ml;

import java.io.Serializable;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;

/** What the outputs of a tagger's network for the time steps of a sequence stand for. */
final class TagDecoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final NetworkSpec spec;
  private transient Network network;

  TagDecoder(NetworkSpec spec) {
    this.spec = spec;
  }

  private Network network() {
    if (network == null) {
      network = new Network(spec);
    }
    return network;
  }

  /**
   * The predicted label of each time step: that of the largest output, the first of equal ones.
   *
   * @param raw (time steps, labels)
   */
  int[] places(double[] raw) {
    int K = spec.outputs();
    int[] places = new int[raw.length / K];
    for (int t = 0; t < places.length; t++) {
      for (int k = 1; k < K; k++) {
        if (raw[t * K + k] > raw[t * K + places[t]]) {
          places[t] = k;
        }
      }
    }
    return places;
  }

  /**
   * The probabilities of the labels in each time step.
   *
   * @param raw (time steps, labels)
   * @return (time steps, labels)
   */
  double[][] probabilities(double[] raw) {
    double[][] probabilities = rows(raw);
    for (double[] row : probabilities) {
      network().activate(row);
    }
    return probabilities;
  }

  /** The time steps by themselves. */
  double[][] rows(double[] raw) {
    int K = spec.outputs();
    double[][] rows = new double[raw.length / K][K];
    for (int t = 0; t < rows.length; t++) {
      System.arraycopy(raw, t * K, rows[t], 0, K);
    }
    return rows;
  }

  /**
   * The loss of each time step; that of one without a label is 0.
   *
   * @param raw (time steps, labels)
   * @param labels places; below 0 for a time step without a label
   */
  double[] losses(double[] raw, int[] labels) {
    int K = spec.outputs();
    double[] losses = new double[labels.length];
    float[] outputs = new float[K];
    float[] target = new float[1];
    for (int t = 0; t < labels.length; t++) {
      if (labels[t] >= 0) {
        for (int k = 0; k < K; k++) {
          outputs[k] = (float) raw[t * K + k];
        }
        target[0] = labels[t];
        losses[t] = network().loss(outputs, target);
      }
    }
    return losses;
  }
}
