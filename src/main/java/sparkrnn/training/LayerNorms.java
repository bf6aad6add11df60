package sparkrnn.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sparkrnn.optim.GradientNorm;
import sparkrnn.parameter.ParameterLayout;

/** The norm of the gradient of each layer before clipping, mean over the training steps. */
final class LayerNorms {

  private final GradientNorm measure;
  private final List<String> layers = new ArrayList<>();

  /** The first tensor of each layer, then the number of tensors. */
  private final int[] first;

  private final double[] sums;
  private long steps;

  /**
   * Of no training step.
   *
   * @param measure of the tensors of the layout
   */
  LayerNorms(ParameterLayout layout, GradientNorm measure) {
    this.measure = measure;
    this.first = new int[layout.tensors().size() + 1];
    int tensors = 0;
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      String layer = tensor.name().substring(0, tensor.name().indexOf('/'));
      if (layers.isEmpty() || !layers.get(layers.size() - 1).equals(layer)) {
        first[layers.size()] = tensors;
        layers.add(layer);
      }
      tensors++;
    }
    first[layers.size()] = tensors;
    this.sums = new double[layers.size()];
  }

  /** Of the network of a fit. */
  static LayerNorms of(FitEnvironment fit) {
    ParameterLayout layout = fit.network().layout();
    return new LayerNorms(
        layout, SliceSpec.of(fit.settings(), layout).clippingOfTensors().measure());
  }

  /** Adds the gradient of a training step, which is not clipped yet. */
  void add(float[] gradient) {
    double[] squares = new double[measure.pieces(0, gradient.length)];
    measure.addUp(gradient, 0, squares, 0);
    add(squares);
  }

  /**
   * Adds a training step.
   *
   * @param squares sums over all pieces of the measure; empty if they are not known
   */
  void add(double[] squares) {
    if (squares.length == 0) {
      return;
    }
    for (int layer = 0; layer < sums.length; layer++) {
      sums[layer] += measure.ofTensors(first[layer], first[layer + 1], squares);
    }
    steps++;
  }

  /** The means by the names of the layers, in their order; begins anew. Empty without steps. */
  Map<String, Double> take() {
    Map<String, Double> means = new LinkedHashMap<>();
    for (int layer = 0; layer < sums.length && steps > 0; layer++) {
      means.put(layers.get(layer), sums[layer] / steps);
      sums[layer] = 0;
    }
    steps = 0;
    return means;
  }
}
