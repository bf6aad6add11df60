package sparkrnn.layer;

import sparkrnn.contract.PoolingContractTest;

class LastPoolingTest extends PoolingContractTest {

  @Override
  public PoolingType type() {
    return PoolingType.LAST;
  }
}
