package sparkrnn.cell;

import sparkrnn.contract.CellContractTest;

class LstmCellTest extends CellContractTest {

  @Override
  public CellType type() {
    return CellType.LSTM;
  }
}
