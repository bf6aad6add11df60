package sparkrnn.cell;

import sparkrnn.contract.CellContractTest;

class SimpleRnnCellTest extends CellContractTest {

  @Override
  public CellType type() {
    return CellType.SIMPLE_RNN;
  }
}
