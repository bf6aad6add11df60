package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkrnn.optim.Adam;
import sparkrnn.optim.Optimizer;
import sparkrnn.oracle.OptimizerOracle;

/** The optimizer contract sees the usual mistakes. */
class OptimizerContractRejectsTest {

  /** Adam with one method to spoil. */
  private static class Spoilt implements Optimizer {
    final Optimizer adam;

    Spoilt(int size) {
      adam = new Adam(size);
    }

    @Override
    public void step(float[] parameters, float[] gradient, double learningRate) {
      adam.step(parameters, gradient, learningRate);
    }

    @Override
    public long steps() {
      return adam.steps();
    }

    @Override
    public Map<String, float[]> state() {
      return adam.state();
    }

    @Override
    public void restore(long steps, Map<String, float[]> state) {
      adam.restore(steps, state);
    }
  }

  private interface Subject {
    Optimizer create(int size);
  }

  private static OptimizerContractTest contract(Subject subject) {
    return new OptimizerContractTest() {
      @Override
      protected Optimizer create(int size) {
        return subject.create(size);
      }

      @Override
      protected OptimizerOracle oracle(int size) {
        return OptimizerOracle.adam(size);
      }
    };
  }

  @Test
  void epsilonInsideTheBiasCorrection() {
    OptimizerContractTest contract = contract(PyTorchAdam::new);
    assertThatThrownBy(contract::agreesWithItsEquationsInDoublePrecision)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void weightDecayThatGoesThroughTheGradient() {
    OptimizerContractTest contract =
        new OptimizerContractTest() {
          @Override
          protected Optimizer create(int size) {
            return new CoupledDecay(size);
          }

          @Override
          protected OptimizerOracle oracle(int size) {
            return OptimizerOracle.adamW(size, CoupledDecay.WEIGHT_DECAY);
          }

          @Override
          protected double weightDecay() {
            return CoupledDecay.WEIGHT_DECAY;
          }
        };
    assertThatThrownBy(contract::agreesWithItsEquationsInDoublePrecision)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(contract::zeroGradientMovesNothingButByWeightDecay)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void forgottenStepCount() {
    OptimizerContractTest contract =
        contract(
            size ->
                new Spoilt(size) {
                  @Override
                  public void restore(long steps, Map<String, float[]> state) {
                    adam.restore(0, state);
                  }
                });
    assertThatThrownBy(contract::restoredStateGoesOnAsIfUninterrupted)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void gradientUsedAsScratch() {
    OptimizerContractTest contract =
        contract(
            size ->
                new Spoilt(size) {
                  @Override
                  public void step(float[] parameters, float[] gradient, double learningRate) {
                    adam.step(parameters, gradient, learningRate);
                    gradient[0] = 0;
                  }
                });
    assertThatThrownBy(contract::gradientIsNotChanged).isInstanceOf(AssertionError.class);
  }

  @Test
  void lastParameterLeftOut() {
    OptimizerContractTest contract =
        contract(
            size ->
                new Spoilt(size) {
                  @Override
                  public void step(float[] parameters, float[] gradient, double learningRate) {
                    float last = parameters[size - 1];
                    adam.step(parameters, gradient, learningRate);
                    parameters[size - 1] = last;
                  }
                });
    assertThatThrownBy(contract::everyParameterMovesAgainstItsGradient)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void arrayAllocatedInAStep() {
    OptimizerContractTest contract =
        contract(
            size ->
                new Spoilt(size) {
                  @Override
                  public void step(float[] parameters, float[] gradient, double learningRate) {
                    adam.step(parameters, gradient.clone(), learningRate);
                  }
                });
    assertThatThrownBy(contract::stepAllocatesNoArray).isInstanceOf(AssertionError.class);
  }

  /** L2 in the gradient, which AdamW was made to replace. */
  private static final class CoupledDecay extends Spoilt {

    static final double WEIGHT_DECAY = 0.1;

    CoupledDecay(int size) {
      super(size);
    }

    @Override
    public void step(float[] parameters, float[] gradient, double learningRate) {
      float[] whole = gradient.clone();
      for (int i = 0; i < whole.length; i++) {
        whole[i] += (float) WEIGHT_DECAY * parameters[i];
      }
      adam.step(parameters, whole, learningRate);
    }
  }

  /** Epsilon is added to the bias-corrected root, as PyTorch and the paper's algorithm 1 do. */
  private static final class PyTorchAdam extends Spoilt {

    PyTorchAdam(int size) {
      super(size);
    }

    @Override
    public void step(float[] parameters, float[] gradient, double learningRate) {
      adam.step(parameters.clone(), gradient, learningRate);
      double correction1 = 1 - Math.pow(0.9, (double) steps());
      double correction2 = 1 - Math.pow(0.999, (double) steps());
      for (int i = 0; i < parameters.length; i++) {
        double m = state().get("m")[i] / correction1;
        double v = state().get("v")[i] / correction2;
        parameters[i] -= (float) (learningRate * m / (Math.sqrt(v) + 1e-7));
      }
    }
  }
}
