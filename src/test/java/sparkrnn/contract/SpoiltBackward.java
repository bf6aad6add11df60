package sparkrnn.contract;

import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;
import sparkrnn.cell.GateParameters;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/** A right cell with a mistake in what it does going back. */
final class SpoiltBackward extends SpoiltCell {

  /** What stands in place of the right backward. */
  interface Mistake {
    void backward(SpoiltBackward subject, Arguments arguments);
  }

  record Arguments(
      CellWorkspace workspace,
      PackedSequences sequences,
      float[] x,
      float[] dh,
      GradientReach reach,
      float[] dx,
      float[] parameters,
      float[] gradient) {

    void passTo(Cell cell) {
      cell.backward(workspace, sequences, x, dh, reach, dx, parameters, gradient);
    }

    Arguments withDh(float[] other) {
      return new Arguments(workspace, sequences, x, other, reach, dx, parameters, gradient);
    }

    Arguments withReach(GradientReach other) {
      return new Arguments(workspace, sequences, x, dh, other, dx, parameters, gradient);
    }
  }

  final GateParameters at;
  private final Mistake mistake;

  SpoiltBackward(Cell cell, GateParameters at, Mistake mistake) {
    super(cell);
    this.at = at;
    this.mistake = mistake;
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
    mistake.backward(
        this, new Arguments(workspace, sequences, x, dh, reach, dx, parameters, gradient));
  }
}
