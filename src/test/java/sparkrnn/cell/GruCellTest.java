package sparkrnn.cell;

import sparkrnn.contract.CellContractTest;

class GruCellTest extends CellContractTest {

  @Override
  public CellType type() {
    return CellType.GRU;
  }
}
