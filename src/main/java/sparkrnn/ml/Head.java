package sparkrnn.ml;

import java.util.List;
import sparkrnn.network.NetworkSpec;

/**
 * What a stage puts on the recurrent layers.
 *
 * @param loss by its name in the network's spec
 * @param huberDelta read only by the loss "huber"
 * @param outputs numbers of an output; 0 where a label says it
 * @param everyTimeStep whether every time step has an output, or each sequence one
 * @param quantiles read only by the loss "pinball"
 * @param crf whether a CRF stands on the outputs
 */
record Head(
    String loss,
    double huberDelta,
    int outputs,
    boolean everyTimeStep,
    List<Double> quantiles,
    boolean crf) {

  /** For each sequence as many outputs as its label has numbers. */
  static Head ofErrors(String loss, double huberDelta) {
    return new Head(loss, huberDelta, 0, false, List.of(), false);
  }

  /** For each sequence as many outputs as its label has numbers. */
  static Head ofLoss(String loss) {
    return new Head(loss, 1, 0, false, List.of(), false);
  }

  /** So many outputs for every time step. */
  static Head ofTimeSteps(String loss, int outputs) {
    return new Head(loss, 1, outputs, true, List.of(), false);
  }

  /** Labels for every time step, by themselves or as a chain. */
  static Head ofLabels(int labels, boolean crf) {
    return new Head("sparseCrossEntropy", 1, labels, true, List.of(), crf);
  }

  /** That of a network, whatever its stage. */
  static Head of(NetworkSpec spec) {
    return new Head(
        spec.loss(),
        spec.huberDelta(),
        spec.outputs(),
        spec.pooling().equals("none"),
        spec.quantiles(),
        spec.crf());
  }
}
