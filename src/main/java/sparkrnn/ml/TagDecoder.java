package sparkrnn.ml;

import java.io.Serializable;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.TimeStepLabels;

/** What the outputs of a tagger's network for the time steps of a sequence stand for. */
final class TagDecoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final NetworkSpec spec;
  private final float[] chain;
  private transient TimeStepLabels labels;

  /**
   * @param chain the parameters of the CRF, empty without one
   */
  TagDecoder(NetworkSpec spec, float[] chain) {
    this.spec = spec;
    this.chain = chain;
  }

  private TimeStepLabels labels() {
    if (labels == null) {
      labels = new TimeStepLabels(spec, chain);
    }
    return labels;
  }

  /** Outputs as the network computed them. */
  private static float[] floats(double[] raw) {
    float[] outputs = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      outputs[i] = (float) raw[i];
    }
    return outputs;
  }

  /**
   * The predicted label of each time step.
   *
   * @param raw (time steps, labels)
   */
  int[] places(double[] raw) {
    return labels().places(floats(raw));
  }

  /**
   * The probabilities of the labels in each time step.
   *
   * @param raw (time steps, labels)
   * @return (time steps, labels)
   */
  double[][] probabilities(double[] raw) {
    return labels().probabilities(floats(raw));
  }

  /**
   * The loss of each time step; that of one without a label is 0.
   *
   * @param raw (time steps, labels)
   * @param known places; below 0 for a time step without a label
   */
  double[] losses(double[] raw, int[] known) {
    return labels().losses(floats(raw), known);
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
}
