package sparkrnn.training;

import java.util.List;
import sparkrnn.optim.MaxNorm;
import sparkrnn.optim.WeightPenalty;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.parameter.ParameterLayout.Tensor;
import sparkrnn.training.RegularizationSettings.Limits;

/**
 * Keeps the parameters of recurrent layers small: a penalty in every loss of the fit, that of
 * training and of validation as in Keras, and a limit after every step of the optimizer. Frozen
 * tensors have neither.
 *
 * <p>Recurrent layers are told from others by their recurrent kernel.
 */
public final class Regularization {

  private static final String RECURRENT_KERNEL = "recurrent_kernel";

  private final WeightPenalty penalty = new WeightPenalty();
  private final MaxNorm maxNorm = new MaxNorm();

  /** That of the tensors of a layout. */
  public Regularization(ParameterLayout layout, RegularizationSettings settings) {
    this(layout, settings, new FrozenTensors(layout, List.of()));
  }

  /** That of the tensors of a layout that are trained. */
  Regularization(ParameterLayout layout, RegularizationSettings settings, FrozenTensors frozen) {
    for (Tensor tensor : layout.tensors()) {
      int slash = tensor.name().lastIndexOf('/');
      if (slash >= 0
          && !frozen.contains(tensor)
          && isRecurrent(layout, tensor.name().substring(0, slash))) {
        add(tensor, limits(tensor.name().substring(slash + 1), settings));
      }
    }
  }

  private static boolean isRecurrent(ParameterLayout layout, String layer) {
    String kernel = layer + "/" + RECURRENT_KERNEL;
    return layout.tensors().stream().anyMatch(tensor -> tensor.name().equals(kernel));
  }

  private static Limits limits(String name, RegularizationSettings settings) {
    return switch (name) {
      case "kernel" -> settings.kernel();
      case RECURRENT_KERNEL -> settings.recurrent();
      case "bias" -> settings.bias();
      default -> Limits.NONE;
    };
  }

  private void add(Tensor tensor, Limits limits) {
    int from = tensor.offset();
    penalty.add(from, from + tensor.size(), limits.l1(), limits.l2());
    int columns = tensor.shape().size() > 1 ? tensor.shape().get(1) : 1;
    maxNorm.add(from, tensor.shape().get(0), columns, limits.maxNorm());
  }

  /** What is added to a mean loss. */
  public double penalty(float[] parameters) {
    return penalty.of(parameters);
  }

  /** Adds the gradient of the penalty to that of a mean loss, and returns the penalty. */
  public double addGradient(float[] parameters, float[] gradient) {
    penalty.addGradient(parameters, gradient);
    return penalty.of(parameters);
  }

  /**
   * Adds the gradient of the penalty to a slice of that of a mean loss.
   *
   * @param slice the numbers of the gradient from {@code from} on
   */
  void addGradient(float[] parameters, float[] slice, int from) {
    penalty.addGradient(parameters, slice, from);
  }

  /** Shortens columns that are longer than they may be. */
  public void limit(float[] parameters) {
    maxNorm.apply(parameters);
  }
}
