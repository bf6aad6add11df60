package sparkrnn.cell;

import sparkrnn.contract.CellContractTest;

class LayerNormLstmCellTest extends CellContractTest {

  @Override
  public CellType type() {
    return CellType.LAYER_NORM_LSTM;
  }

  /**
   * Of one feature, x W is x times one row, which its norm makes the same whatever x is: dx is
   * nothing but what cancels, all of its elements, and has no largest one to measure against.
   * {@code OneFeatureLayerNormTest} measures it.
   */
  @Override
  protected int fewestInputs() {
    return 2;
  }
}
