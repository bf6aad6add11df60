package sparkrnn.layer;

import sparkrnn.contract.PoolingContractTest;

class MaxPoolingTest extends PoolingContractTest {

  @Override
  public PoolingType type() {
    return PoolingType.MAX;
  }
}
