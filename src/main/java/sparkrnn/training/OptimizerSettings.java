package sparkrnn.training;

import java.io.Serializable;
import sparkrnn.optim.MovingAverage;
import sparkrnn.optim.Optimizer;
import sparkrnn.optim.OptimizerOptions;
import sparkrnn.optim.OptimizerType;

/**
 * How a training step moves the parameters; names and ranges are those of the params.
 *
 * @param name "adam", "adamW", "sgd", "rmsprop", "adagrad", "nadam" or "lbfgs"
 * @param learningRate above 0
 * @param momentum of "sgd" and "rmsprop", in [0, 1)
 * @param nesterov of "sgd", with momentum above 0
 * @param weightDecay of "adamW", at least 0
 * @param accumulationSteps batches of one step, at least 1
 * @param emaMomentum of the moving average of the parameters, in [0, 1); 0 keeps none
 */
public record OptimizerSettings(
    String name,
    double learningRate,
    double momentum,
    boolean nesterov,
    double weightDecay,
    int accumulationSteps,
    double emaMomentum)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String LBFGS = "lbfgs";

  /** Whether each step is made of all data, by a solver of its own. */
  boolean fullBatch() {
    return name.equals(LBFGS);
  }

  /** The optimizer of mini-batches, at training step 0. */
  Optimizer create(int size) {
    OptimizerOptions options = new OptimizerOptions(momentum, nesterov, weightDecay);
    Optimizer optimizer = OptimizerType.of(name).create(size, options);
    return emaMomentum > 0 ? new MovingAverage(optimizer, size, emaMomentum) : optimizer;
  }
}
