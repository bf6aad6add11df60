package sparkrnn.optim;

import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class RmsPropWithMomentumTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.RMSPROP.create(size, new OptimizerOptions(0.5, false, 0.1));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.rmsProp(size, 0.5);
  }
}
