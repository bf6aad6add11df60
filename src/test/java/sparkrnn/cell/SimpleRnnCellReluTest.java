package sparkrnn.cell;

import sparkrnn.contract.CellContractTest;

class SimpleRnnCellReluTest extends CellContractTest {

  @Override
  public CellType type() {
    return CellType.SIMPLE_RNN;
  }

  @Override
  public String activation() {
    return "relu";
  }
}
