package sparkrnn.oracle;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.cell.CellType;
import sparkrnn.cell.GateParameters;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.NetworkSpec;
import sparkrnn.parameter.ParameterLayout;

/** A whole network in double precision, one sequence at a time: layers, pooling, dense, loss. */
public final class NetworkOracle {

  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final LossOracle loss;

  public NetworkOracle(NetworkSpec spec, ParameterLayout layout) {
    this.spec = spec;
    this.layout = layout;
    this.loss =
        switch (spec.loss()) {
          case "mse" -> LossOracle.meanSquaredError();
          case "mae" -> LossOracle.meanAbsoluteError();
          case "crossEntropy" -> LossOracle.crossEntropy();
          case "sparseCrossEntropy" -> LossOracle.sparseCrossEntropy();
          case "binaryCrossEntropy" -> LossOracle.binaryCrossEntropy();
          case "huber" -> LossOracle.huber(spec.huberDelta());
          default -> throw new AssertionError(spec.loss());
        };
  }

  /** The masks of every layer and direction without dropout. */
  public List<List<DropoutMasks>> noMasks() {
    List<List<DropoutMasks>> masks = new ArrayList<>();
    for (int i = 0; i < spec.recurrentLayers().size(); i++) {
      int inputs = inputs(i);
      int gates = type(i).gates();
      int units = spec.recurrentLayers().get(i).units();
      masks.add(places(i).stream().map(place -> DropoutMasks.ones(inputs, gates, units)).toList());
    }
    return masks;
  }

  /** The outputs (K) for one sequence (T, F). */
  public double[] predict(double[] parameters, double[][] x) {
    return predict(parameters, x, noMasks());
  }

  private double[] predict(double[] parameters, double[][] x, List<List<DropoutMasks>> masks) {
    return dense(parameters)
        .forward(pooling(parameters).forward(top(forward(parameters, x, masks))));
  }

  /** The loss of one sequence with its masks. */
  public double loss(
      double[] parameters, double[][] x, double[] targets, List<List<DropoutMasks>> masks) {
    return loss.value(targets, predict(parameters, x, masks));
  }

  /** Adds {@code factor} times the gradient of the loss of one sequence with its masks. */
  public void addGradient(
      double[] parameters,
      double[][] x,
      double[] targets,
      List<List<DropoutMasks>> masks,
      double factor,
      double[] gradient) {
    List<RecurrentOracle.Run> runs = forward(parameters, x, masks);
    DenseOracle dense = dense(parameters);
    PoolingOracle pooling = pooling(parameters);
    double[] pooled = pooling.forward(top(runs));
    double[] predictions = dense.forward(pooled);
    double[] dPredictions = loss.gradient(targets, predictions);
    for (int k = 0; k < dPredictions.length; k++) {
      dPredictions[k] *= factor;
    }
    double[] dPooled =
        dense.backward(
            pooled, dPredictions, gradient, offset("dense/kernel"), offset("dense/bias"));
    pooling.addGradient(top(runs), dPooled, gradient);
    double[][] dy = pooling.backward(top(runs), dPooled);
    for (int i = runs.size() - 1; i >= 0; i--) {
      List<CellWeights> sums = weights(parameters, i).stream().map(CellWeights::zeros).toList();
      dy = runs.get(i).backward(dy, sums);
      for (int d = 0; d < sums.size(); d++) {
        sums.get(d).addTo(gradient, places(i).get(d));
      }
    }
    addToTables(x, dy, gradient);
  }

  /** Each time step with the rows of its tables in the place of ids. */
  private double[][] embedded(double[] parameters, double[][] x) {
    double[][] e = new double[x.length][width()];
    for (int t = 0; t < x.length; t++) {
      int to = 0;
      for (int feature = 0; feature < spec.inputs(); feature++) {
        int size = size(feature);
        if (size == 0) {
          e[t][to++] = x[t][feature];
        }
        for (int j = 0; j < size; j++) {
          e[t][to++] = parameters[row(feature, x[t][feature]) + j];
        }
      }
    }
    return e;
  }

  private void addToTables(double[][] x, double[][] de, double[] gradient) {
    for (int t = 0; t < x.length; t++) {
      int from = 0;
      for (int feature = 0; feature < spec.inputs(); feature++) {
        int size = size(feature);
        for (int j = 0; j < size; j++) {
          gradient[row(feature, x[t][feature]) + j] += de[t][from + j];
        }
        from += Math.max(1, size);
      }
    }
  }

  private int row(int feature, double id) {
    for (int i = 0; i < spec.embeddings().size(); i++) {
      if (spec.embeddings().get(i).feature() == feature) {
        return offset("embedding_" + i + "/embeddings") + ((int) id) * size(feature);
      }
    }
    throw new AssertionError(feature);
  }

  private int size(int feature) {
    return spec.embeddings().stream()
        .filter(embedding -> embedding.feature() == feature)
        .mapToInt(EmbeddingSpec::size)
        .findFirst()
        .orElse(0);
  }

  private int width() {
    int width = 0;
    for (int feature = 0; feature < spec.inputs(); feature++) {
      width += Math.max(1, size(feature));
    }
    return width;
  }

  private List<RecurrentOracle.Run> forward(
      double[] parameters, double[][] x, List<List<DropoutMasks>> masks) {
    List<RecurrentOracle.Run> runs = new ArrayList<>();
    double[][] input = embedded(parameters, x);
    for (int i = 0; i < spec.recurrentLayers().size(); i++) {
      boolean residual = spec.recurrentLayers().get(i).residual();
      double zoneout = spec.recurrentLayers().get(i).zoneout();
      RecurrentOracle layer =
          new RecurrentOracle(cell(i), weights(parameters, i), masks.get(i), residual, zoneout);
      runs.add(layer.forward(input));
      input = runs.get(i).y();
    }
    return runs;
  }

  private static double[][] top(List<RecurrentOracle.Run> runs) {
    return runs.get(runs.size() - 1).y();
  }

  private PoolingOracle pooling(double[] parameters) {
    int top = spec.recurrentLayers().size() - 1;
    int at = spec.pooling().equals("attention") ? offset("attention_pooling/kernel") : 0;
    int forwardColumns = spec.recurrentLayers().get(top).units();
    return PoolingOracle.of(spec.pooling(), forwardColumns, width(top), parameters, at);
  }

  private CellType type(int layer) {
    return CellType.named(spec.recurrentLayers().get(layer).cell());
  }

  private CellOracle cell(int layer) {
    return CellOracle.of(type(layer), spec.recurrentLayers().get(layer).activation());
  }

  private List<CellWeights> weights(double[] parameters, int layer) {
    int inputs = inputs(layer);
    int units = spec.recurrentLayers().get(layer).units();
    int gates = type(layer).gates();
    return places(layer).stream()
        .map(place -> CellWeights.read(parameters, place, inputs, units, gates, cell(layer)))
        .toList();
  }

  private int inputs(int layer) {
    return layer == 0 ? width() : width(layer - 1);
  }

  private int width(int layer) {
    return places(layer).size() * spec.recurrentLayers().get(layer).units();
  }

  /** Of each direction. */
  private List<GateParameters> places(int layer) {
    String prefix = type(layer).tensorPrefix();
    String name = "bidirectional_" + layer;
    return spec.recurrentLayers().get(layer).bidirectional()
        ? List.of(place(name + "/forward_" + prefix), place(name + "/backward_" + prefix))
        : List.of(place(prefix + "_" + layer));
  }

  private GateParameters place(String name) {
    return new GateParameters(
        offset(name + "/kernel"), offset(name + "/recurrent_kernel"), offset(name + "/bias"));
  }

  private DenseOracle dense(double[] parameters) {
    return DenseOracle.read(
        parameters,
        offset("dense/kernel"),
        offset("dense/bias"),
        width(spec.recurrentLayers().size() - 1),
        spec.outputs());
  }

  private int offset(String tensor) {
    return layout.tensor(tensor).offset();
  }
}
