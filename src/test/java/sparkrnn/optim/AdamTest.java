package sparkrnn.optim;

import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class AdamTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.ADAM.create(size, new OptimizerOptions(0.9, false, 0.1));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.adam(size);
  }
}
