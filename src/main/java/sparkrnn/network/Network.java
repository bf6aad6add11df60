package sparkrnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellType;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GateParameters;
import sparkrnn.cell.GradientReach;
import sparkrnn.layer.Dense;
import sparkrnn.loss.Loss;
import sparkrnn.loss.LossType;
import sparkrnn.parameter.Initializer;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.parameter.ParameterLayout.Tensor;
import sparkrnn.parameter.QrDecomposition;
import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;

/**
 * Recurrent layers in order, then a dense layer on the last time step of each sequence, then a
 * loss.
 *
 * <p>Immutable; any number of threads may share it, each with a workspace of its own. All
 * parameters stand in one flat array, which {@link #layout()} describes: "lstm_0/kernel",
 * "lstm_0/recurrent_kernel", "lstm_0/bias", ..., "dense/kernel", "dense/bias", shapes as in Keras.
 *
 * <p>Shapes: N packed rows, S sequences, K outputs.
 */
public final class Network {

  private static final float[] ONE = {1};

  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final List<Cell> cells = new ArrayList<>();
  private final List<GateParameters> places = new ArrayList<>();
  private final Dense dense;
  private final Loss loss;

  /**
   * @throws IllegalArgumentException if a field of the spec is out of its range; the message names
   *     the field, the value and what is needed
   */
  public Network(NetworkSpec spec) {
    NetworkSpecValidation.check(spec);
    this.spec = spec;
    ParameterLayout.Builder builder = ParameterLayout.builder();
    try {
      this.dense = addLayers(builder);
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "NetworkSpec: there are more parameters than one array holds, "
              + Integer.MAX_VALUE
              + ". Lower units.",
          overflow);
    }
    this.loss = LossType.named(spec.loss()).create(spec.huberDelta());
    this.layout = builder.build();
  }

  private Dense addLayers(ParameterLayout.Builder builder) {
    int inputs = spec.inputs();
    for (RecurrentSpec layer : spec.recurrentLayers()) {
      CellType type = CellType.named(layer.cell());
      GateParameters place =
          type.declare(builder, layerName(type, cells.size()), inputs, layer.units());
      places.add(place);
      cells.add(type.create(inputs, layer.units(), layer.activation(), place));
      inputs = layer.units();
    }
    return new Dense(builder, inputs, spec.outputs());
  }

  static String layerName(CellType type, int index) {
    return type.tensorPrefix() + "_" + index;
  }

  public NetworkSpec spec() {
    return spec;
  }

  /** Names, shapes and places of all parameters in the one flat array. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Copies of the tensors in a flat array, by name, in the order of their places. */
  public Map<String, float[]> tensors(float[] parameters) {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (Tensor tensor : layout.tensors()) {
      int end = tensor.offset() + tensor.size();
      tensors.put(tensor.name(), Arrays.copyOfRange(parameters, tensor.offset(), end));
    }
    return tensors;
  }

  /**
   * A new flat array of initial parameters: a pure function of spec and seed. Biases are zero, but
   * for the forget gate of an LSTM, one; the dense kernel is glorot_uniform.
   */
  public float[] initialParameters(long seed, QrDecomposition qr) {
    float[] parameters = new float[layout.size()];
    for (int i = 0; i < cells.size(); i++) {
      RecurrentSpec layer = spec.recurrentLayers().get(i);
      CellType type = CellType.named(layer.cell());
      String name = layerName(type, i);
      fill(parameters, name + "/kernel", layer.kernelInitializer(), seed, qr);
      fill(parameters, name + "/recurrent_kernel", layer.recurrentInitializer(), seed, qr);
      type.initializeBias(parameters, places.get(i), layer.units());
    }
    fill(parameters, "dense/kernel", "glorot_uniform", seed, qr);
    return parameters;
  }

  private void fill(
      float[] parameters, String name, String initializer, long seed, QrDecomposition qr) {
    Tensor tensor = layout.tensor(name);
    CounterRandom random = new CounterRandom(seed, layout.tensors().indexOf(tensor));
    Initializer.named(initializer)
        .fill(
            parameters, tensor.offset(), tensor.shape().get(0), tensor.shape().get(1), random, qr);
  }

  /** Buffers for one thread; they grow to the largest shard seen and are then reused. */
  public NetworkWorkspace newWorkspace() {
    return new NetworkWorkspace(cells);
  }

  /**
   * Overwrites {@link NetworkWorkspace#predictions()} (S, K), in the packed order.
   *
   * @param x (N, inputs), packed rows
   * @param parameters as {@link #layout()} says
   * @throws IllegalArgumentException if an array is shorter than its shape
   */
  public void forward(
      NetworkWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    requireLayoutLength("parameters", parameters);
    workspace.growForward(sequences.sequences(), lastUnits(), spec.outputs());
    float[] input = x;
    for (int i = 0; i < cells.size(); i++) {
      CellWorkspace cell = workspace.cells.get(i);
      cells.get(i).forward(cell, sequences, input, parameters);
      input = cell.h();
    }
    dense.forward(sequences, input, parameters, workspace.lastH, workspace.predictions);
  }

  private void requireLayoutLength(String name, float[] flat) {
    if (flat.length < layout.size()) {
      throw tooShort(name, flat, "the layout needs " + layout.size());
    }
  }

  private void requireTargets(int S, float[] targets, float[] weights) {
    int K = spec.outputs();
    if (targets.length < S * K) {
      throw tooShort("targets", targets, S + " sequences of " + K + " outputs need " + S * K);
    }
    if (weights.length < S) {
      throw tooShort("weights", weights, S + " sequences need " + S);
    }
  }

  private static IllegalArgumentException tooShort(String name, float[] array, String needed) {
    return new IllegalArgumentException(
        "Network: " + name + " has length " + array.length + "; " + needed + ".");
  }

  private int lastUnits() {
    return cells.get(cells.size() - 1).units();
  }

  /**
   * The weighted sum of the losses of the predictions of the last {@link #forward}.
   *
   * @param targets (S, K), packed order
   * @param weights (S), packed order
   * @throws IllegalArgumentException if an array is shorter than its shape
   */
  public double loss(
      NetworkWorkspace workspace, PackedSequences sequences, float[] targets, float[] weights) {
    requireTargets(sequences.sequences(), targets, weights);
    return loss.weightedSum(
        workspace.predictions, targets, weights, sequences.sequences(), spec.outputs());
  }

  /**
   * The loss of the outputs for one sequence.
   *
   * @param outputs (K)
   * @param targets (K)
   */
  public double loss(float[] outputs, float[] targets) {
    return loss.weightedSum(outputs, targets, ONE, 1, spec.outputs());
  }

  /**
   * Overwrites the outputs for one sequence (K) with what they stand for: probabilities where the
   * loss takes logits, else themselves.
   */
  public void activate(double[] outputs) {
    loss.activate(outputs);
  }

  /**
   * Forward and back-propagation through time: adds the gradient of {@code scale} times the
   * weighted sum of losses to {@code gradient} and returns that sum, not scaled.
   *
   * @param x (N, inputs), packed rows
   * @param targets (S, K), packed order
   * @param weights (S), packed order
   * @param parameters as {@link #layout()} says
   * @param gradient as {@link #layout()} says
   * @throws IllegalArgumentException if an array is shorter than its shape
   */
  public double addGradient(
      NetworkWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] targets,
      float[] weights,
      float scale,
      float[] parameters,
      float[] gradient) {
    int S = sequences.sequences();
    int K = spec.outputs();
    requireTargets(S, targets, weights);
    requireLayoutLength("gradient", gradient);
    forward(workspace, sequences, x, parameters);
    NetworkWorkspace w = workspace;
    w.growBackward(S, sequences.rows(), cells, K);
    loss.writeGradient(w.dPredictions, w.predictions, targets, weights, scale, S, K);
    int top = cells.size() - 1;
    dense.backward(sequences, w.lastH, w.dPredictions, parameters, gradient, w.dLastH, w.dh[top]);
    for (int i = top; i >= 0; i--) {
      GradientReach reach = i == top ? GradientReach.LAST_ROWS : GradientReach.ALL_ROWS;
      float[] input = i == 0 ? x : w.cells.get(i - 1).h();
      float[] dInput = i == 0 ? null : w.dh[i - 1];
      cells
          .get(i)
          .backward(w.cells.get(i), sequences, input, w.dh[i], reach, dInput, parameters, gradient);
    }
    return loss(workspace, sequences, targets, weights);
  }

  /** A table of the layers, their output shapes and parameter counts, as Keras prints it. */
  public String describe() {
    return NetworkDescription.of(this);
  }
}
