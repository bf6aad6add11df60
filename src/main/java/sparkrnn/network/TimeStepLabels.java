package sparkrnn.network;

import java.util.Arrays;
import sparkrnn.layer.ChainLattice;
import sparkrnn.layer.LinearChainCrf;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/**
 * What the outputs of a network for the time steps of one sequence say of its labels, each time
 * step by itself, or all together where the network has a CRF. For one thread.
 *
 * <p>Shapes: T time steps, K labels.
 */
public final class TimeStepLabels {

  private final int K;
  private final Network network;
  private final LinearChainCrf crf;
  private final ChainLattice lattice;
  private final PackedSequences one = new PackedSequences();

  /**
   * @param spec of the network
   * @param chain what {@link Network#chain} gives
   */
  public TimeStepLabels(NetworkSpec spec, float[] chain) {
    K = spec.outputs();
    network = new Network(spec);
    crf = spec.crf() ? new LinearChainCrf(ParameterLayout.builder(), K) : null;
    lattice = crf == null ? null : crf.newWorkspace();
    if (crf != null) {
      crf.read(lattice, chain);
    }
  }

  private PackedSequences sequence(int timeSteps) {
    one.reset(new int[] {timeSteps}, 1);
    return one;
  }

  /**
   * The predicted label of each time step: that of the largest output, or with a CRF the most
   * probable labels of the sequence; the first of equal ones.
   *
   * @param outputs (T, K)
   */
  public int[] places(float[] outputs) {
    int[] places = new int[outputs.length / K];
    if (crf != null) {
      crf.best(lattice, sequence(places.length), 0, outputs, places);
      return places;
    }
    for (int t = 0; t < places.length; t++) {
      for (int k = 1; k < K; k++) {
        if (outputs[t * K + k] > outputs[t * K + places[t]]) {
          places[t] = k;
        }
      }
    }
    return places;
  }

  /**
   * The probability of each label at each time step, with a CRF whatever the other labels are.
   *
   * @param outputs (T, K)
   * @return (T, K)
   */
  public double[][] probabilities(float[] outputs) {
    double[][] probabilities = new double[outputs.length / K][K];
    double[] flat = new double[outputs.length];
    if (crf != null) {
      crf.marginals(lattice, sequence(probabilities.length), 0, outputs, flat);
    }
    for (int t = 0; t < probabilities.length; t++) {
      for (int k = 0; k < K; k++) {
        probabilities[t][k] = crf == null ? outputs[t * K + k] : flat[t * K + k];
      }
      if (crf == null) {
        network.activate(probabilities[t]);
      }
    }
    return probabilities;
  }

  /**
   * The loss of each time step, 0 without a label; of a CRF the loss of the sequence spread evenly
   * over the time steps with a label.
   *
   * @param outputs (T, K)
   * @param labels (T), places; below 0 for a time step without a label
   */
  public double[] losses(float[] outputs, int[] labels) {
    double[] losses = new double[labels.length];
    if (crf != null) {
      long known = Arrays.stream(labels).filter(label -> label >= 0).count();
      double each = known == 0 ? 0 : chainLoss(outputs, labels) / known;
      Arrays.setAll(losses, t -> labels[t] < 0 ? 0 : each);
      return losses;
    }
    for (int t = 0; t < labels.length; t++) {
      if (labels[t] >= 0) {
        float[] row = Arrays.copyOfRange(outputs, t * K, (t + 1) * K);
        losses[t] = network.loss(row, new float[] {labels[t]});
      }
    }
    return losses;
  }

  private double chainLoss(float[] outputs, int[] labels) {
    float[] targets = new float[labels.length];
    float[] weights = new float[labels.length];
    for (int t = 0; t < labels.length; t++) {
      targets[t] = Math.max(0, labels[t]);
      weights[t] = labels[t] < 0 ? 0 : 1;
    }
    return crf.weightedSum(lattice, sequence(labels.length), outputs, targets, weights);
  }
}
