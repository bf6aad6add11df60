package sparkrnn.training;

import java.util.Arrays;
import java.util.List;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.parameter.ParameterLayout.Tensor;

/**
 * The tensors of a network that a fit does not change: they get no gradient, which then is no part
 * of a norm that clips, and after every step of the optimizer the bits that they began with,
 * whatever weight decay, momentum or a moving average did to them.
 *
 * <p>A name is that of a tensor, "lstm_0/bias", or one that it begins with up to a slash: "lstm_0",
 * "bidirectional_0/forward_lstm".
 */
public final class FrozenTensors {

  private final List<Tensor> tensors;
  private float[] kept = new float[0];

  /** Those of these names; a name that fits nothing is left out. */
  public FrozenTensors(ParameterLayout layout, List<String> names) {
    tensors =
        layout.tensors().stream()
            .filter(tensor -> names.stream().anyMatch(name -> fits(name, tensor.name())))
            .toList();
  }

  /** Whether a name stands for a tensor. */
  public static boolean fits(String name, String tensor) {
    return tensor.equals(name) || tensor.startsWith(name + "/");
  }

  boolean contains(Tensor tensor) {
    return tensors.contains(tensor);
  }

  /** Remembers the bits to keep. */
  void keep(float[] parameters) {
    kept = tensors.isEmpty() ? kept : parameters.clone();
  }

  /** Overwrites their part of a gradient with zeros. */
  void clear(float[] gradient) {
    clear(gradient, 0);
  }

  /** The same of a slice: the numbers of a gradient from {@code from} on. */
  void clear(float[] slice, int from) {
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      int start = Math.max(tensor.offset() - from, 0);
      int end = Math.min(tensor.offset() + tensor.size() - from, slice.length);
      if (start < end) {
        Arrays.fill(slice, start, end, 0f);
      }
    }
  }

  /** Gives them the bits that were kept. */
  void restore(float[] parameters) {
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      System.arraycopy(kept, tensor.offset(), parameters, tensor.offset(), tensor.size());
    }
  }
}
