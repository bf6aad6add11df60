package sparkrnn.optim;

import sparkrnn.contract.OptimizerContractTest;
import sparkrnn.oracle.OptimizerOracle;

class SgdWithNesterovTest extends OptimizerContractTest {

  @Override
  protected Optimizer create(int size) {
    return OptimizerType.SGD.create(size, new OptimizerOptions(0.9, true, 0.1));
  }

  @Override
  protected OptimizerOracle oracle(int size) {
    return OptimizerOracle.sgd(size, 0.9, true);
  }
}
