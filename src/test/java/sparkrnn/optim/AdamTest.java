package sparkrnn.optim;

import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class AdamTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.ADAM.create(size, 0.9);
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.adam(size);
  }
}
