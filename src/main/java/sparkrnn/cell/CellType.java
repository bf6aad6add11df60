package sparkrnn.cell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import sparkrnn.parameter.ParameterLayout;

/** The cells by their names. */
public enum CellType {
  SIMPLE_RNN("simpleRnn", "simple_rnn", "SimpleRNN", List.of("tanh", "relu"), 1) {
    @Override
    public Cell create(int inputs, int units, String activation, GateParameters parameters) {
      return activation.equals("relu")
          ? SimpleRnnCell.relu(inputs, units, parameters)
          : SimpleRnnCell.tanh(inputs, units, parameters);
    }
  },
  LSTM("lstm", "lstm", "LSTM", List.of("tanh"), 4) {
    @Override
    public Cell create(int inputs, int units, String activation, GateParameters parameters) {
      return new LstmCell(inputs, units, parameters);
    }

    @Override
    public void initializeBias(float[] flat, GateParameters at, int units) {
      LstmCell.writeForgetBiasOne(flat, at, units);
    }
  },
  LAYER_NORM_LSTM("layerNormLstm", "layer_norm_lstm", "LayerNormLSTM", List.of("tanh"), 4) {
    @Override
    public Cell create(int inputs, int units, String activation, GateParameters parameters) {
      return new LayerNormLstmCell(inputs, units, parameters);
    }

    @Override
    public void initializeBias(float[] flat, GateParameters at, int units) {
      LstmCell.writeForgetBiasOne(flat, at, units);
      LayerNormLstmCell.writeGains(flat, at, units);
    }

    @Override
    public GateParameters declare(
        ParameterLayout.Builder layout, String layer, int inputs, int units) {
      GateParameters at = super.declare(layout, layer, inputs, units);
      LayerNormLstmCell.declareNorms(layout, layer, units);
      return at;
    }
  },
  GRU("gru", "gru", "GRU", List.of("tanh"), 3) {
    @Override
    public Cell create(int inputs, int units, String activation, GateParameters parameters) {
      return new GruCell(inputs, units, parameters);
    }

    @Override
    Integer[] biasShape(int units) {
      return new Integer[] {2, 3 * units};
    }
  };

  private final String specName;
  private final String tensorPrefix;
  private final String kerasClass;
  private final List<String> activations;
  private final int gates;

  CellType(
      String specName,
      String tensorPrefix,
      String kerasClass,
      List<String> activations,
      int gates) {
    this.specName = specName;
    this.tensorPrefix = tensorPrefix;
    this.kerasClass = kerasClass;
    this.activations = activations;
    this.gates = gates;
  }

  /**
   * The cell with its parameters at these places.
   *
   * @param inputs F, at least 1
   * @param units H, at least 1
   * @param activation one of {@link #activations()}
   */
  public abstract Cell create(int inputs, int units, String activation, GateParameters parameters);

  /**
   * Overwrites the bias, and what stands behind it, where it does not begin at zero; the flat array
   * holds zeros there.
   */
  public void initializeBias(float[] flat, GateParameters at, int units) {}

  /**
   * Appends "layer/kernel" (F, gates * H), "layer/recurrent_kernel" (H, gates * H) and "layer/bias"
   * to a layout, and behind them what else the cell has.
   */
  public GateParameters declare(
      ParameterLayout.Builder layout, String layer, int inputs, int units) {
    int columns = Math.multiplyExact(gates, units);
    return new GateParameters(
        layout.add(layer + "/kernel", inputs, columns),
        layout.add(layer + "/recurrent_kernel", units, columns),
        layout.add(layer + "/bias", biasShape(units)));
  }

  Integer[] biasShape(int units) {
    return new Integer[] {gates * units};
  }

  /** The name in a network's spec: "simpleRnn", "lstm", "layerNormLstm", "gru". */
  public String specName() {
    return specName;
  }

  /** How the names of its parameters begin: "simple_rnn", "lstm", "layer_norm_lstm", "gru". */
  public String tensorPrefix() {
    return tensorPrefix;
  }

  /**
   * Keras' name of the layer, or that of its Addons: "SimpleRNN", "LSTM", "LayerNormLSTM", "GRU".
   */
  public String kerasClass() {
    return kerasClass;
  }

  /** The activations that it can have, the default first. */
  public List<String> activations() {
    return activations;
  }

  /** How many blocks of H columns the kernel has. */
  public int gates() {
    return gates;
  }

  /**
   * The cell of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static CellType named(String name) {
    for (CellType type : values()) {
      if (type.specName.equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "RecurrentSpec: cell is \""
            + name
            + "\"; it must be one of "
            + Arrays.stream(values())
                .map(type -> "\"" + type.specName + "\"")
                .collect(Collectors.joining(", "))
            + ".");
  }
}
