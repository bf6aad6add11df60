package sparkrnn.oracle;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.cell.CellType;
import sparkrnn.cell.GateParameters;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.parameter.ParameterLayout;

/** A whole network in double precision, one sequence at a time: stacked cells, dense, loss. */
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
          case "binaryCrossEntropy" -> LossOracle.binaryCrossEntropy();
          case "huber" -> LossOracle.huber(spec.huberDelta());
          default -> throw new AssertionError(spec.loss());
        };
  }

  /** The outputs (K) for one sequence (T, F). */
  public double[] predict(double[] parameters, double[][] x) {
    List<CellOracle.Run> runs = forward(parameters, x);
    return dense(parameters).forward(last(runs));
  }

  public double loss(double[] parameters, double[][] x, double[] targets) {
    return loss.value(targets, predict(parameters, x));
  }

  /** Adds {@code factor} times the gradient of the loss of one sequence. */
  public void addGradient(
      double[] parameters, double[][] x, double[] targets, double factor, double[] gradient) {
    List<CellOracle.Run> runs = forward(parameters, x);
    DenseOracle dense = dense(parameters);
    double[] dy = loss.gradient(targets, dense.forward(last(runs)));
    for (int k = 0; k < dy.length; k++) {
      dy[k] *= factor;
    }
    double[][] dh = new double[x.length][last(runs).length];
    dh[x.length - 1] =
        dense.backward(last(runs), dy, gradient, offset("dense/kernel"), offset("dense/bias"));
    for (int i = runs.size() - 1; i >= 0; i--) {
      CellWeights sum = weights(parameters, i).zeros();
      dh = runs.get(i).backward(dh, sum);
      sum.addTo(gradient, places(i));
    }
  }

  private List<CellOracle.Run> forward(double[] parameters, double[][] x) {
    List<CellOracle.Run> runs = new ArrayList<>();
    double[][] input = x;
    for (int i = 0; i < spec.recurrentLayers().size(); i++) {
      runs.add(cell(i).forward(weights(parameters, i), input));
      input = runs.get(i).h();
    }
    return runs;
  }

  private static double[] last(List<CellOracle.Run> runs) {
    double[][] h = runs.get(runs.size() - 1).h();
    return h[h.length - 1];
  }

  private CellType type(int layer) {
    return CellType.named(spec.recurrentLayers().get(layer).cell());
  }

  private CellOracle cell(int layer) {
    return CellOracle.of(type(layer), spec.recurrentLayers().get(layer).activation());
  }

  private CellWeights weights(double[] parameters, int layer) {
    List<RecurrentSpec> layers = spec.recurrentLayers();
    int inputs = layer == 0 ? spec.inputs() : layers.get(layer - 1).units();
    int gates = type(layer).gates();
    return CellWeights.read(
        parameters, places(layer), inputs, layers.get(layer).units(), gates, cell(layer).biases());
  }

  private GateParameters places(int layer) {
    String name = type(layer).tensorPrefix() + "_" + layer;
    return new GateParameters(
        offset(name + "/kernel"), offset(name + "/recurrent_kernel"), offset(name + "/bias"));
  }

  private DenseOracle dense(double[] parameters) {
    List<RecurrentSpec> layers = spec.recurrentLayers();
    return DenseOracle.read(
        parameters,
        offset("dense/kernel"),
        offset("dense/bias"),
        layers.get(layers.size() - 1).units(),
        spec.outputs());
  }

  private int offset(String tensor) {
    return layout.tensor(tensor).offset();
  }
}
