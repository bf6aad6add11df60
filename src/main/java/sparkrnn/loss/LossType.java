package sparkrnn.loss;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** The losses by their names. */
public enum LossType {
  MSE("mse", delta -> new MeanSquaredError()),
  MAE("mae", delta -> new MeanAbsoluteError()),
  HUBER("huber", Huber::new),
  CROSS_ENTROPY("crossEntropy", delta -> new CrossEntropy()),
  SPARSE_CROSS_ENTROPY("sparseCrossEntropy", delta -> new SparseCrossEntropy()),
  BINARY_CROSS_ENTROPY("binaryCrossEntropy", delta -> new BinaryCrossEntropy());

  private final String specName;
  private final DoubleFunction<Loss> create;

  LossType(String specName, DoubleFunction<Loss> create) {
    this.specName = specName;
    this.create = create;
  }

  /** The name in a network's spec: "mse", "crossEntropy". */
  public String specName() {
    return specName;
  }

  /**
   * The loss itself.
   *
   * @param huberDelta read only by {@link #HUBER}
   * @throws IllegalArgumentException if huberDelta is read and not finite and above 0
   */
  public Loss create(double huberDelta) {
    return create.apply(huberDelta);
  }

  /**
   * The loss of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static LossType named(String name) {
    for (LossType type : values()) {
      if (type.specName.equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "NetworkSpec: loss is \""
            + name
            + "\"; it must be one of "
            + Arrays.stream(values())
                .map(type -> "\"" + type.specName + "\"")
                .collect(Collectors.joining(", "))
            + ".");
  }
}
