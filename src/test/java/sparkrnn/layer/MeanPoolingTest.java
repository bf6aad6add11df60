package sparkrnn.layer;

import sparkrnn.contract.PoolingContractTest;

class MeanPoolingTest extends PoolingContractTest {

  @Override
  public PoolingType type() {
    return PoolingType.MEAN;
  }
}
