package sparkrnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellType;
import sparkrnn.cell.GateParameters;
import sparkrnn.cell.GradientReach;
import sparkrnn.cell.SegmentedCell;
import sparkrnn.layer.Dense;
import sparkrnn.layer.Embedding;
import sparkrnn.layer.LinearChainCrf;
import sparkrnn.layer.OutputDropout;
import sparkrnn.layer.Pooling;
import sparkrnn.layer.PoolingType;
import sparkrnn.layer.Recurrent;
import sparkrnn.layer.RecurrentWorkspace;
import sparkrnn.loss.Loss;
import sparkrnn.loss.LossType;
import sparkrnn.parameter.Initializer;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.parameter.ParameterLayout.Tensor;
import sparkrnn.parameter.QrDecomposition;
import sparkrnn.random.CounterRandom;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.Segmentation;

/**
 * Embeddings of the features that are ids, recurrent layers in order, then a pooling of each
 * sequence's time steps, then a dense layer, then a loss.
 *
 * <p>Immutable; any number of threads may share it, each with a workspace of its own. All
 * parameters stand in one flat array, which {@link #layout()} describes: "lstm_0/kernel",
 * "lstm_0/recurrent_kernel", "lstm_0/bias", ..., "dense/kernel", "dense/bias", shapes as in Keras;
 * in a bidirectional layer "bidirectional_0/forward_lstm/kernel", ...,
 * "bidirectional_0/backward_lstm/kernel", ...; tables come first, "embedding_0/embeddings", ...,
 * and "attention_pooling/kernel", ... before "dense/kernel"; "crf/transitions", ... comes last.
 *
 * <p>Shapes: N packed rows, S sequences, K outputs, R rows of the head (S, or N without pooling), T
 * numbers of a target (K for most losses).
 */
public final class Network {

  private static final float[] ONE = {1};

  /** 128 MiB of outputs of a layer. */
  private static final long LARGEST_OUTPUTS = 1 << 25;

  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final Embedding embedding;
  final List<Recurrent> layers = new ArrayList<>();
  private final List<PlacedCell> cells = new ArrayList<>();
  final Pooling pooling;
  private final OutputDropout outputDropout;
  private final Dense dense;
  private final LinearChainCrf crf;
  private final Loss loss;
  private final Segmentation segmentation;
  private final SegmentedPass training;
  private final SegmentedPass longRuns;

  /** Whether all layers read forward in time. */
  private final boolean forward;

  private final int widest;

  /** A cell of a layer, under the name that its parameters begin with. */
  private record PlacedCell(RecurrentSpec layer, String name, GateParameters at) {

    CellType type() {
      return CellType.named(layer.cell());
    }

    Cell create(int inputs) {
      return type().create(inputs, layer.units(), layer.activation(), at);
    }
  }

  /**
   * A network that is trained on whole sequences.
   *
   * @throws IllegalArgumentException as the other constructor
   */
  public Network(NetworkSpec spec) {
    this(spec, Segmentation.NONE);
  }

  /**
   * @param segmentation how {@link #addGradient} goes back through long sequences; where a layer is
   *     bidirectional, its outputs are held whole all the same
   * @throws IllegalArgumentException if a field of the spec is out of its range, or there is
   *     zoneout in sequences that are cut; the message names the field, the value and what is
   *     needed
   */
  public Network(NetworkSpec spec, Segmentation segmentation) {
    NetworkSpecValidation.check(spec);
    NetworkSpecValidation.check(spec, segmentation);
    this.spec = spec;
    this.segmentation = segmentation;
    this.forward = spec.recurrentLayers().stream().noneMatch(RecurrentSpec::bidirectional);
    this.widest = spec.recurrentLayers().stream().mapToInt(RecurrentSpec::units).max().orElse(0);
    this.training = new SegmentedPass(this, segmentation);
    this.longRuns = new SegmentedPass(this, new Segmentation(true, 0));
    ParameterLayout.Builder builder = ParameterLayout.builder();
    try {
      this.embedding = spec.embeddings().isEmpty() ? null : addEmbedding(builder);
      int top = addLayers(builder);
      this.pooling =
          PoolingType.named(spec.pooling())
              .create(builder, layers.get(layers.size() - 1).forwardOutputs(), top);
      this.outputDropout = new OutputDropout(spec.outputDropout(), top);
      this.dense =
          spec.tiedWeights()
              ? Dense.tied(builder, top, spec.outputs(), embedding.tableAt(0))
              : new Dense(builder, top, spec.outputs());
      this.crf = spec.crf() ? new LinearChainCrf(builder, spec.outputs()) : null;
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "NetworkSpec: there are more parameters than one array holds, "
              + Integer.MAX_VALUE
              + ". Lower units.",
          overflow);
    }
    this.loss = LossType.named(spec.loss()).create(spec.lossOptions());
    this.layout = builder.build();
  }

  private Embedding addEmbedding(ParameterLayout.Builder builder) {
    int[] vocabularySizes = new int[spec.inputs()];
    int[] sizes = new int[spec.inputs()];
    for (EmbeddingSpec each : spec.embeddings()) {
      vocabularySizes[each.feature()] = each.vocabularySize();
      sizes[each.feature()] = each.size();
    }
    return new Embedding(builder, vocabularySizes, sizes);
  }

  /** Returns the width of the last one's output. */
  private int addLayers(ParameterLayout.Builder builder) {
    int inputs = embedding == null ? spec.inputs() : embedding.outputs();
    for (RecurrentSpec layer : spec.recurrentLayers()) {
      List<String> names = layer.cellNames(layers.size());
      Cell forwardCell = addCell(builder, layer, names.get(0), inputs);
      Recurrent recurrent =
          layer.bidirectional()
              ? Recurrent.bidirectional(forwardCell, addCell(builder, layer, names.get(1), inputs))
              : Recurrent.forward(forwardCell);
      recurrent = recurrent.withDropout(layer.dropout(), layer.recurrentDropout());
      recurrent =
          recurrent.withWeightDrop(layer.recurrentWeightDrop()).withZoneout(layer.zoneout());
      layers.add(layer.residual() ? recurrent.withResidual() : recurrent);
      inputs = layer.outputs();
    }
    return inputs;
  }

  private Cell addCell(
      ParameterLayout.Builder builder, RecurrentSpec layer, String name, int inputs) {
    CellType type = CellType.named(layer.cell());
    PlacedCell cell =
        new PlacedCell(layer, name, type.declare(builder, name, inputs, layer.units()));
    cells.add(cell);
    Cell whole = cell.create(inputs);
    return segmentation.cuts() && !forward ? new SegmentedCell(whole, segmentation) : whole;
  }

  /** "lstm_0", or "bidirectional_0". */
  static String layerName(RecurrentSpec layer, int index) {
    String prefix =
        layer.bidirectional() ? "bidirectional" : CellType.named(layer.cell()).tensorPrefix();
    return prefix + "_" + index;
  }

  public NetworkSpec spec() {
    return spec;
  }

  /** How {@link #addGradient} goes back through long sequences. */
  public Segmentation segmentation() {
    return segmentation;
  }

  /** Names, shapes and places of all parameters in the one flat array. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Numbers of a target, T. */
  public int targets() {
    return loss.targets(spec.outputs());
  }

  /** Whether there is an output for every time step, not one for a sequence. */
  public boolean everyTimeStep() {
    return spec.pooling().equals(PoolingType.NONE.specName());
  }

  /** A copy of the parameters of the CRF in a flat array; empty without one. */
  public float[] chain(float[] parameters) {
    return crf == null
        ? new float[0]
        : Arrays.copyOfRange(parameters, crf.offset(), crf.offset() + crf.size());
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

  /** The shapes of the tensors by name, rows first, in the order of their places. */
  public Map<String, List<Integer>> shapes() {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    layout.tensors().forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
    return shapes;
  }

  /**
   * A new flat array of initial parameters: a pure function of spec and seed. Biases are zero, but
   * for the forget gate of an LSTM, one; the kernels of pooling and dense are glorot_uniform,
   * tables of embeddings are uniform from -0.05 to 0.05.
   */
  public float[] initialParameters(long seed, QrDecomposition qr) {
    float[] parameters = new float[layout.size()];
    for (int i = 0; i < spec.embeddings().size(); i++) {
      fill(parameters, Embedding.tableName(i), "random_uniform", seed, qr);
    }
    for (PlacedCell cell : cells) {
      RecurrentSpec layer = cell.layer();
      fill(parameters, cell.name() + "/kernel", layer.kernelInitializer(), seed, qr);
      fill(parameters, cell.name() + "/recurrent_kernel", layer.recurrentInitializer(), seed, qr);
      cell.type().initializeBias(parameters, cell.at(), layer.units());
    }
    for (String kernel : pooling.kernels()) {
      fill(parameters, kernel, "glorot_uniform", seed, qr);
    }
    if (!spec.tiedWeights()) {
      fill(parameters, "dense/kernel", "glorot_uniform", seed, qr);
    }
    return parameters;
  }

  /**
   * Overwrites the vector of an id.
   *
   * @param table the place of the embedding in the spec, from 0
   * @param vector of the embedding's size
   */
  public void setEmbedding(float[] parameters, int table, int id, float[] vector) {
    int at = layout.tensor(Embedding.tableName(table)).offset();
    System.arraycopy(vector, 0, parameters, at + id * vector.length, vector.length);
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
    return new NetworkWorkspace(layers, crf);
  }

  /**
   * Overwrites {@link NetworkWorkspace#predictions()} (R, K), in the packed order. Drops nothing;
   * zoneout is its expectation.
   *
   * @param x (N, inputs), packed rows
   * @param parameters as {@link #layout()} says
   * @throws IllegalArgumentException if an array is shorter than its shape
   */
  public void forward(
      NetworkWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    clearMasks(workspace);
    setKeepsForBackward(workspace, false);
    if (isLong(sequences) && !carriesStates(workspace)) {
      runInSegments(longRuns, workspace, sequences, x, parameters);
      clearStates(workspace);
    } else {
      run(workspace, sequences, x, parameters);
    }
  }

  /**
   * Overwrites {@link NetworkWorkspace#encodings()} with what the head sees of each sequence; where
   * it sees every time step, with the last output, of each direction its own. Drops nothing.
   *
   * @param x (N, inputs), packed rows
   * @param parameters as {@link #layout()} says
   * @throws IllegalArgumentException if an array is shorter than its shape
   */
  public void encode(
      NetworkWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    clearMasks(workspace);
    setKeepsForBackward(workspace, false);
    requireLayoutLength("parameters", parameters);
    Recurrent top = layers.get(layers.size() - 1);
    Pooling encoding =
        everyTimeStep()
            ? PoolingType.LAST.create(
                ParameterLayout.builder(), top.forwardOutputs(), top.outputs())
            : pooling;
    if (isLong(sequences) && !everyTimeStep()) {
      longRuns.forward(workspace, sequences, x, parameters);
      clearStates(workspace);
      return;
    }
    float[] y = throughLayers(workspace, sequences, x, parameters);
    encoding.forward(workspace.pooling, sequences, y, parameters);
  }

  /**
   * Whether a run without backward would hold more than is good of one layer's outputs, where it
   * can do without: in segments it holds those of a few time steps.
   */
  private boolean isLong(PackedSequences sequences) {
    return forward && (long) sequences.rows() * widest > LARGEST_OUTPUTS;
  }

  /** Numbers of an encoding. */
  public int encodingSize() {
    return layers.get(layers.size() - 1).outputs();
  }

  private void run(
      NetworkWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    requireLayoutLength("parameters", parameters);
    runEmbedded(
        workspace, sequences, embed(workspace, sequences.rows(), x, parameters), parameters);
    readChain(workspace, parameters);
  }

  /**
   * Overwrites the predictions; without the CRF.
   *
   * @param embedded (N, {@link #embeddedSize}), what the first layer reads
   */
  void runEmbedded(
      NetworkWorkspace workspace, PackedSequences sequences, float[] embedded, float[] parameters) {
    int R = pooling.rows(sequences);
    workspace.growForward(R, spec.outputs());
    float[] y = throughRecurrent(workspace, sequences, embedded, parameters);
    pooling.forward(workspace.pooling, sequences, y, parameters);
    runHead(workspace, sequences, R, parameters, workspace.predictions);
  }

  private void runInSegments(
      SegmentedPass pass,
      NetworkWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] parameters) {
    requireLayoutLength("parameters", parameters);
    int R = pooling.rows(sequences);
    workspace.growForward(R, spec.outputs());
    pass.forward(workspace, sequences, x, parameters);
    if (!everyTimeStep()) {
      runHead(workspace, sequences, R, parameters, workspace.predictions);
    }
    readChain(workspace, parameters);
  }

  private void readChain(NetworkWorkspace workspace, float[] parameters) {
    if (crf != null) {
      crf.read(workspace.lattice, parameters);
    }
  }

  /** Overwrites what the head sees of the pooled rows. */
  void readPooled(NetworkWorkspace workspace, PackedSequences sequences, int rows) {
    workspace.headInput =
        outputDropout.forward(workspace.outputDropout, sequences, rows, workspace.pooling.pooled());
  }

  /** Overwrites the outputs (rows, K) for the pooled rows. */
  void runHead(
      NetworkWorkspace workspace,
      PackedSequences sequences,
      int rows,
      float[] parameters,
      float[] outputs) {
    readPooled(workspace, sequences, rows);
    dense.forward(rows, workspace.headInput, parameters, outputs);
  }

  /** From the gradient by the outputs (rows, K) to that by the pooled rows. */
  void backThroughHead(
      NetworkWorkspace w,
      PackedSequences sequences,
      int rows,
      float[] dOutputs,
      float[] parameters,
      float[] gradient) {
    w.growHeadBackward(rows, layers);
    dense.backward(rows, w.headInput, dOutputs, parameters, gradient, w.pooling.dPooled());
    outputDropout.backward(w.outputDropout, sequences, rows, w.pooling.dPooled());
  }

  /** The output of the last recurrent layer. */
  float[] throughLayers(
      NetworkWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    float[] embedded = embed(workspace, sequences.rows(), x, parameters);
    return throughRecurrent(workspace, sequences, embedded, parameters);
  }

  private float[] throughRecurrent(
      NetworkWorkspace workspace, PackedSequences sequences, float[] embedded, float[] parameters) {
    float[] input = embedded;
    for (int i = 0; i < layers.size(); i++) {
      RecurrentWorkspace layer = workspace.layers.get(i);
      layers.get(i).forward(layer, sequences, input, parameters);
      input = layer.y();
    }
    return input;
  }

  /** Numbers of a time step that the first layer reads: features, and the vectors of ids. */
  int embeddedSize() {
    return embedding == null ? spec.inputs() : embedding.outputs();
  }

  /** What the first layer reads for the rows of x (rows, inputs): x itself without embeddings. */
  float[] embed(NetworkWorkspace workspace, int rows, float[] x, float[] parameters) {
    if (embedding == null) {
      return x;
    }
    workspace.growEmbedded(rows * embedding.outputs());
    embedding.forward(rows, x, parameters, workspace.embedded);
    return workspace.embedded;
  }

  /** Whether a layer or the head has a rate above 0 of dropout, weight drop or zoneout. */
  public boolean hasDropout() {
    return spec.outputDropout() > 0
        || spec.recurrentLayers().stream().anyMatch(RecurrentSpec::drops);
  }

  /**
   * Draws the dropout masks of the next {@link #addGradient} on this workspace, layer by layer as
   * {@link Recurrent#drawMasks} says: a pure function of the random numbers from {@code from} on,
   * the spec and the sequences' lengths.
   */
  public void drawMasks(
      NetworkWorkspace workspace, PackedSequences sequences, CounterRandom random, long from) {
    long next = from;
    for (int i = 0; i < layers.size(); i++) {
      next = layers.get(i).drawMasks(workspace.layers.get(i), sequences, random, next);
    }
    outputDropout.drawMask(workspace.outputDropout, sequences.sequences(), random, next);
  }

  private static void setKeepsForBackward(NetworkWorkspace workspace, boolean keeps) {
    for (int i = 0; i < workspace.layers.size(); i++) {
      workspace.layers.get(i).setKeepsForBackward(keeps);
    }
  }

  private static void clearMasks(NetworkWorkspace workspace) {
    for (int i = 0; i < workspace.layers.size(); i++) {
      workspace.layers.get(i).clearMasks();
    }
    workspace.outputDropout.clearMask();
  }

  /**
   * Numbers of the state of a sequence that all layers together hand from one time step to the
   * next, the lowest layer first.
   *
   * @throws IllegalArgumentException if a layer is bidirectional
   */
  public int stateSize() {
    int size = 0;
    for (int i = 0; i < layers.size(); i++) {
      size += layers.get(i).stateSize();
    }
    return size;
  }

  /**
   * Sets the states that the runs that follow on this workspace begin with, so that sequences can
   * be read piece by piece; until {@link #clearStates}. No gradient flows back through them.
   *
   * @param states holds (sequences, {@link #stateSize()}) from {@code from} on, in packed order
   */
  public void setStates(NetworkWorkspace workspace, int sequences, float[] states, int from) {
    int stride = stateSize();
    int at = from;
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).setStates(workspace.layers.get(i), sequences, states, at, stride);
      at += layers.get(i).stateSize();
    }
  }

  /**
   * Overwrites states, laid out as in {@link #setStates}, with those after the last time step of
   * each sequence in the last run, which began with given ones.
   */
  public void copyStates(NetworkWorkspace workspace, int sequences, float[] states, int from) {
    int stride = stateSize();
    int at = from;
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).copyStates(workspace.layers.get(i), sequences, states, at, stride);
      at += layers.get(i).stateSize();
    }
  }

  private static boolean carriesStates(NetworkWorkspace workspace) {
    return workspace.layers.get(0).carriesState();
  }

  /** The runs that follow begin with zeros. */
  public void clearStates(NetworkWorkspace workspace) {
    for (int i = 0; i < workspace.layers.size(); i++) {
      workspace.layers.get(i).clearStates();
    }
  }

  private void requireLayoutLength(String name, float[] flat) {
    if (flat.length < layout.size()) {
      throw tooShort(name, flat, "the layout needs " + layout.size());
    }
  }

  private void requireTargets(int R, float[] targets, float[] weights) {
    int T = targets();
    String rows = everyTimeStep() ? " time steps" : " sequences";
    if (targets.length < R * T) {
      throw tooShort("targets", targets, R + rows + " of " + T + " targets need " + R * T);
    }
    if (weights.length < R) {
      throw tooShort("weights", weights, R + rows + " need " + R);
    }
  }

  private static IllegalArgumentException tooShort(String name, float[] array, String needed) {
    return new IllegalArgumentException(
        "Network: " + name + " has length " + array.length + "; " + needed + ".");
  }

  /**
   * The weighted sum of the losses of the predictions of the last {@link #forward}.
   *
   * @param targets (R, T), packed order
   * @param weights (R), packed order
   * @throws IllegalArgumentException if an array is shorter than its shape
   */
  public double loss(
      NetworkWorkspace workspace, PackedSequences sequences, float[] targets, float[] weights) {
    int R = pooling.rows(sequences);
    requireTargets(R, targets, weights);
    if (crf != null) {
      return crf.weightedSum(workspace.lattice, sequences, workspace.predictions, targets, weights);
    }
    return loss.weightedSum(workspace.predictions, targets, weights, R, spec.outputs());
  }

  /**
   * The loss of the outputs for one sequence, or one time step; without the CRF.
   *
   * @param outputs (K)
   * @param targets (T)
   */
  public double loss(float[] outputs, float[] targets) {
    return loss.weightedSum(outputs, targets, ONE, 1, spec.outputs());
  }

  /**
   * Overwrites the outputs for one sequence (K) with what they stand for: probabilities where the
   * loss takes logits, quantiles, parameters of distributions, else themselves.
   */
  public void activate(double[] outputs) {
    loss.activate(outputs);
  }

  /**
   * Forward and back-propagation through time: adds the gradient of {@code scale} times the
   * weighted sum of losses to {@code gradient} and returns that sum, not scaled. Uses up the masks
   * of {@link #drawMasks}; without them it drops nothing, and zoneout is its expectation.
   *
   * @param x (N, inputs), packed rows
   * @param targets (R, T), packed order
   * @param weights (R), packed order
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
    int R = pooling.rows(sequences);
    requireTargets(R, targets, weights);
    requireLayoutLength("gradient", gradient);
    setKeepsForBackward(workspace, true);
    NetworkWorkspace w = workspace;
    boolean cut = forward && training.cuts(sequences);
    if (cut) {
      runInSegments(training, w, sequences, x, parameters);
    } else {
      run(w, sequences, x, parameters);
    }
    writePredictionGradient(w, sequences, targets, weights, scale, gradient);
    if (!cut || !everyTimeStep()) {
      backThroughHead(w, sequences, R, w.dPredictions, parameters, gradient);
    }
    if (cut) {
      training.backward(w, sequences, x, parameters, gradient);
    } else {
      w.growLayersBackward(sequences.rows(), layers);
      pooling.backward(w.pooling, sequences, w.dy[layers.size() - 1], parameters, gradient);
      backThroughLayers(w, sequences, x, parameters, gradient);
    }
    clearMasks(workspace);
    return loss(workspace, sequences, targets, weights);
  }

  private void writePredictionGradient(
      NetworkWorkspace w,
      PackedSequences sequences,
      float[] targets,
      float[] weights,
      float scale,
      float[] gradient) {
    int R = pooling.rows(sequences);
    int K = spec.outputs();
    w.growPredictionsBackward(R, K);
    if (crf != null) {
      crf.backward(
          w.lattice, sequences, w.predictions, targets, weights, scale, w.dPredictions, gradient);
    } else {
      loss.writeGradient(w.dPredictions, w.predictions, targets, weights, scale, R, K);
    }
  }

  void backThroughLayers(
      NetworkWorkspace w,
      PackedSequences sequences,
      float[] x,
      float[] parameters,
      float[] gradient) {
    if (embedding == null) {
      backThroughRecurrent(w, sequences, null, parameters, gradient);
      return;
    }
    w.growEmbeddedGradient(sequences.rows() * embedding.outputs());
    backThroughRecurrent(w, sequences, w.dEmbedded, parameters, gradient);
    embedding.backward(sequences.rows(), x, w.dEmbedded, gradient);
  }

  /**
   * From the gradient by the outputs of the last layer, which stands in the workspace.
   *
   * @param dEmbedded (N, {@link #embeddedSize}), overwritten; null if nobody wants it
   */
  private void backThroughRecurrent(
      NetworkWorkspace w,
      PackedSequences sequences,
      float[] dEmbedded,
      float[] parameters,
      float[] gradient) {
    int top = layers.size() - 1;
    for (int i = top; i >= 0; i--) {
      GradientReach reach = i == top ? pooling.reach() : GradientReach.ALL_ROWS;
      float[] dInput = i == 0 ? dEmbedded : w.dy[i - 1];
      layers
          .get(i)
          .backward(w.layers.get(i), sequences, w.dy[i], reach, dInput, parameters, gradient);
    }
  }

  /**
   * Adds to the gradient, from that by the predictions of the last {@link #runEmbedded}, which must
   * have kept what backward needs.
   *
   * @param dOutputs (R, K)
   * @param dEmbedded (N, {@link #embeddedSize}), overwritten
   */
  void backEmbedded(
      NetworkWorkspace w,
      PackedSequences sequences,
      float[] dOutputs,
      float[] dEmbedded,
      float[] parameters,
      float[] gradient) {
    backThroughHead(w, sequences, pooling.rows(sequences), dOutputs, parameters, gradient);
    w.growLayersBackward(sequences.rows(), layers);
    pooling.backward(w.pooling, sequences, w.dy[layers.size() - 1], parameters, gradient);
    backThroughRecurrent(w, sequences, dEmbedded, parameters, gradient);
  }

  /** A table of the layers, their output shapes and parameter counts, as Keras prints it. */
  public String describe() {
    return NetworkDescription.of(this);
  }
}
