package sparkrnn.cell;

import sparkrnn.contract.CellContractTest;

class LayerNormLstmCellTest extends CellContractTest {

  @Override
  public CellType type() {
    return CellType.LAYER_NORM_LSTM;
  }
}
