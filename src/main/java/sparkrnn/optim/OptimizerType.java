package sparkrnn.optim;

import java.util.Arrays;
import java.util.List;

/** The optimizers, by their names in the param "optimizer". */
public enum OptimizerType {
  /** {@link Adam}. */
  ADAM("adam") {
    @Override
    public Optimizer create(int size, OptimizerOptions options) {
      return new Adam(size);
    }
  },
  /** {@link AdamW}. */
  ADAM_W("adamW") {
    @Override
    public Optimizer create(int size, OptimizerOptions options) {
      return new AdamW(size, options);
    }
  },
  /** {@link Sgd}. */
  SGD("sgd") {
    @Override
    public Optimizer create(int size, OptimizerOptions options) {
      return new Sgd(size, options);
    }
  },
  /** {@link RmsProp}. */
  RMSPROP("rmsprop") {
    @Override
    public Optimizer create(int size, OptimizerOptions options) {
      return new RmsProp(size, options);
    }
  },
  /** {@link Adagrad}. */
  ADAGRAD("adagrad") {
    @Override
    public Optimizer create(int size, OptimizerOptions options) {
      return new Adagrad(size);
    }
  },
  /** {@link Nadam}. */
  NADAM("nadam") {
    @Override
    public Optimizer create(int size, OptimizerOptions options) {
      return new Nadam(size);
    }
  };

  private final String paramValue;

  OptimizerType(String paramValue) {
    this.paramValue = paramValue;
  }

  /**
   * The optimizer of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static OptimizerType of(String name) {
    for (OptimizerType type : values()) {
      if (type.paramValue.equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "optimizer is \""
            + name
            + "\"; it must be one of \""
            + String.join("\", \"", names())
            + "\".");
  }

  /** All names, in the order of declaration. */
  public static List<String> names() {
    return Arrays.stream(values()).map(OptimizerType::paramValue).toList();
  }

  /** As it is written in the param "optimizer". */
  public String paramValue() {
    return paramValue;
  }

  /**
   * A new optimizer at training step 0.
   *
   * @param size parameters, at least 0
   * @param options each optimizer reads those that are its own
   */
  public abstract Optimizer create(int size, OptimizerOptions options);
}
