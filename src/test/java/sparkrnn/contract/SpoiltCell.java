package sparkrnn.contract;

import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/** A right cell with one method to spoil. */
class SpoiltCell implements Cell {

  final Cell cell;

  SpoiltCell(Cell cell) {
    this.cell = cell;
  }

  @Override
  public int inputs() {
    return cell.inputs();
  }

  @Override
  public int units() {
    return cell.units();
  }

  @Override
  public int gates() {
    return cell.gates();
  }

  @Override
  public CellWorkspace newWorkspace() {
    return cell.newWorkspace();
  }

  @Override
  public void forward(
      CellWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    cell.forward(workspace, sequences, x, parameters);
  }

  @Override
  public void backward(
      CellWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] dh,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient) {
    cell.backward(workspace, sequences, x, dh, reach, dx, parameters, gradient);
  }
}
