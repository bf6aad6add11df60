package sparkrnn.optim;

import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class AdagradTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.ADAGRAD.create(size, new OptimizerOptions(0.9, false, 0.1));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.adagrad(size);
  }

  @Override
  protected double descentLearningRate() {
    return 0.5;
  }
}
