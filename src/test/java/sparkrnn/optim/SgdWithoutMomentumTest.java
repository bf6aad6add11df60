package sparkrnn.optim;

import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class SgdWithoutMomentumTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.SGD.create(size, 0);
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.sgd(size, 0);
  }
}
