package sparkrnn.contract;

import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GateParameters;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/** A cell that takes one gate's parameters for the next one's, forward and back. */
final class SwappedGates extends SpoiltCell {

  private final GateParameters at;
  private final int gate;
  private final int gates;

  SwappedGates(Cell cell, GateParameters at, int gate, int gates) {
    super(cell);
    this.at = at;
    this.gate = gate;
    this.gates = gates;
  }

  @Override
  public void forward(
      CellWorkspace workspace, PackedSequences sequences, float[] x, float[] parameters) {
    cell.forward(workspace, sequences, x, swapped(parameters));
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
    float[] mine = swapped(gradient);
    cell.backward(workspace, sequences, x, dh, reach, dx, swapped(parameters), mine);
    System.arraycopy(swapped(mine), 0, gradient, 0, gradient.length);
  }

  private float[] swapped(float[] flat) {
    float[] copy = flat.clone();
    int row = gates * units();
    for (int start = at.kernelAt(); start + row <= flat.length; start += row) {
      int from = start + gate * units();
      System.arraycopy(flat, from, copy, from + units(), units());
      System.arraycopy(flat, from + units(), copy, from, units());
    }
    return copy;
  }
}
