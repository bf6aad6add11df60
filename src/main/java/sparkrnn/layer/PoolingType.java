package sparkrnn.layer;

import java.util.Arrays;
import java.util.stream.Collectors;
import sparkrnn.parameter.ParameterLayout;

/** The poolings by their names. */
public enum PoolingType {
  LAST("last", "", "") {
    @Override
    public Pooling create(ParameterLayout.Builder layout, int forwardColumns, int columns) {
      return new LastPooling(forwardColumns, columns);
    }
  },
  MEAN("mean", "global_average_pooling1d", "GlobalAveragePooling1D") {
    @Override
    public Pooling create(ParameterLayout.Builder layout, int forwardColumns, int columns) {
      return new MeanPooling(columns);
    }
  },
  MAX("max", "global_max_pooling1d", "GlobalMaxPooling1D") {
    @Override
    public Pooling create(ParameterLayout.Builder layout, int forwardColumns, int columns) {
      return new MaxPooling(columns);
    }
  },
  /** No pooling: the head gives an output for every time step. */
  NONE("none", "", "") {
    @Override
    public Pooling create(ParameterLayout.Builder layout, int forwardColumns, int columns) {
      return new NoPooling(columns);
    }
  },
  ATTENTION("attention", "attention_pooling", "AttentionPooling") {
    @Override
    public Pooling create(ParameterLayout.Builder layout, int forwardColumns, int columns) {
      return new AttentionPooling(layout, columns);
    }
  };

  private final String specName;
  private final String kerasName;
  private final String kerasClass;

  PoolingType(String specName, String kerasName, String kerasClass) {
    this.specName = specName;
    this.kerasName = kerasName;
    this.kerasClass = kerasClass;
  }

  /**
   * The pooling of a layer's output.
   *
   * @param layout what its parameters are appended to, if it has any
   * @param forwardColumns the first columns, from the cell that reads forward
   * @param columns H, all of them
   */
  public abstract Pooling create(ParameterLayout.Builder layout, int forwardColumns, int columns);

  /** The name in a network's spec: "last", "mean", "max", "none", "attention". */
  public String specName() {
    return specName;
  }

  /**
   * Keras' name of such a layer in a model, or ours where it has none; empty where the recurrent
   * layer does it itself.
   */
  public String kerasName() {
    return kerasName;
  }

  /**
   * Keras' class of the layer, or ours where it has none; empty where the recurrent layer does it
   * itself.
   */
  public String kerasClass() {
    return kerasClass;
  }

  /**
   * The pooling of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static PoolingType named(String name) {
    for (PoolingType type : values()) {
      if (type.specName.equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "NetworkSpec: pooling is \""
            + name
            + "\"; it must be one of "
            + Arrays.stream(values())
                .map(type -> "\"" + type.specName + "\"")
                .collect(Collectors.joining(", "))
            + ".");
  }
}
