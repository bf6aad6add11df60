package sparkrnn.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import sparkrnn.optim.GradientClipping;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.parameter.ParameterLayout.Tensor;

/**
 * What it takes to make training steps of a slice of the parameters.
 *
 * @param optimizer how a step moves the parameters
 * @param clipping as in {@link TrainingSettings}
 * @param clipThreshold as in {@link TrainingSettings}
 * @param regularization what keeps the parameters small
 * @param frozen names of layers or tensors that are not trained
 * @param tensorOffsets where each tensor begins, then where the last one ends
 * @param bfloat16 whether sums of gradients cross the network rounded to 16 bits
 */
record SliceSpec(
    OptimizerSettings optimizer,
    String clipping,
    double clipThreshold,
    RegularizationSettings regularization,
    List<String> frozen,
    List<Integer> tensorOffsets,
    boolean bfloat16)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String BFLOAT16 = "bfloat16";

  /** Of a fit of parameters of this layout. */
  static SliceSpec of(TrainingSettings settings, ParameterLayout layout) {
    List<Integer> offsets = new ArrayList<>();
    for (Tensor tensor : layout.tensors()) {
      offsets.add(tensor.offset());
    }
    offsets.add(layout.size());
    return new SliceSpec(
        settings.optimizer(),
        settings.clipping(),
        settings.clipThreshold(),
        settings.regularization(),
        settings.start().frozen(),
        offsets,
        settings.gradientCompression().equals(BFLOAT16));
  }

  /** The clipping of these tensors. */
  GradientClipping clippingOfTensors() {
    int[] offsets = tensorOffsets.stream().mapToInt(Integer::intValue).toArray();
    return GradientClipping.of(clipping, clipThreshold, offsets);
  }

  /** Whether a step must wait for the norms of the whole gradient. */
  boolean needsNorms() {
    // Of a sum of gradients that is not finite nothing is clipped, and only all slices know that.
    boolean sumMayOverflow = optimizer.accumulationSteps() > 1 && clipping.equals("value");
    return sumMayOverflow || clippingOfTensors().byNorm();
  }

  /** How many flat arrays a training goes on from: parameters, waiting gradients, optimizer. */
  int arrays() {
    int waiting = optimizer.accumulationSteps() > 1 ? 1 : 0;
    return 1 + waiting + optimizer.create(0).state().size();
  }
}
