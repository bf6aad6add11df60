package sparkrnn.optim;

import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class SgdWithoutMomentumTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.SGD.create(size, new OptimizerOptions(0, false, 0.1));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.sgd(size, 0, false);
  }
}
