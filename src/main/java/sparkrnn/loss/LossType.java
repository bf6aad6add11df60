package sparkrnn.loss;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The losses by their names. */
public enum LossType {
  MSE("mse", options -> new MeanSquaredError()),
  MAE("mae", options -> new MeanAbsoluteError()),
  HUBER("huber", options -> new Huber(options.huberDelta())),
  CROSS_ENTROPY("crossEntropy", options -> new CrossEntropy()),
  SPARSE_CROSS_ENTROPY("sparseCrossEntropy", options -> new SparseCrossEntropy()),
  BINARY_CROSS_ENTROPY("binaryCrossEntropy", options -> new BinaryCrossEntropy()),
  PINBALL("pinball", options -> new Pinball(options.quantiles())),
  GAUSSIAN("gaussian", options -> new Gaussian()),
  STUDENT_T("studentT", options -> new StudentT()),
  POISSON("poisson", options -> new Poisson()),
  NEGATIVE_BINOMIAL("negativeBinomial", options -> new NegativeBinomial());

  private final String specName;
  private final Function<LossOptions, Loss> create;

  LossType(String specName, Function<LossOptions, Loss> create) {
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
   * @throws IllegalArgumentException if an option is read and out of its range
   */
  public Loss create(LossOptions options) {
    return create.apply(options);
  }

  /**
   * A loss that reads no quantiles.
   *
   * @param huberDelta read only by {@link #HUBER}
   * @throws IllegalArgumentException if huberDelta is read and not finite and above 0, or if the
   *     loss needs quantiles
   */
  public Loss create(double huberDelta) {
    return create(new LossOptions(huberDelta, List.of()));
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
