package sparkrnn.layer;

import java.util.List;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;

/** The buffers of one recurrent layer in one thread. */
public final class RecurrentWorkspace {

  final CellWorkspace[] cells;

  /** What each cell reads: the input of the layer, then the same read backward. */
  final float[][] x;

  /** Of each direction, (S, F). */
  final float[][] inputMasks;

  /** Of each direction, (gates, S, H). */
  final float[][] recurrentMasks;

  float[] initialState = new float[0];

  /** Of each direction, (H, gates * H). */
  final float[][] kernelMasks;

  /** Of each direction, (N, H). */
  final float[][] zoneoutH;

  final float[][] zoneoutC;

  boolean dropsInputs;

  /** Whether zoneout was drawn. */
  boolean zonesOut;

  float[] dropped = new float[0];
  float[] y = new float[0];
  float[] joined = new float[0];
  final float[][] dh;
  float[] mirroredDx = new float[0];

  /** dy, kept for the inputs of a residual layer. */
  float[] passed = new float[0];

  RecurrentWorkspace(List<Cell> cells) {
    this.cells = new CellWorkspace[cells.size()];
    for (int i = 0; i < this.cells.length; i++) {
      this.cells[i] = cells.get(i).newWorkspace();
    }
    x = new float[cells.size()][0];
    inputMasks = new float[cells.size()][0];
    recurrentMasks = new float[cells.size()][0];
    kernelMasks = new float[cells.size()][0];
    zoneoutH = new float[cells.size()][0];
    zoneoutC = new float[cells.size()][0];
    dh = new float[cells.size()][0];
  }

  /** (N, outputs), the values of the last forward run; longer than needed is possible. */
  public float[] y() {
    return y;
  }

  /** As {@link CellWorkspace#setKeepsForBackward} of all cells. */
  public void setKeepsForBackward(boolean keeps) {
    for (CellWorkspace cell : cells) {
      cell.setKeepsForBackward(keeps);
    }
  }

  /**
   * As {@link CellWorkspace#setCarriesGradient} of all cells, from a gradient of zeros on; until
   * {@link #endSegments}.
   */
  public void setCarriesGradient() {
    for (CellWorkspace cell : cells) {
      cell.setCarriesGradient(true);
    }
  }

  /** As {@link CellWorkspace#leftGradient} of any cell. */
  public boolean leftGradient() {
    boolean left = false;
    for (CellWorkspace cell : cells) {
      left |= cell.leftGradient();
    }
    return left;
  }

  /** The runs backward that follow are of whole sequences. */
  public void endSegments() {
    for (CellWorkspace cell : cells) {
      cell.setCarriesGradient(false);
      cell.setTruncation(0, null);
    }
  }

  /** As {@link CellWorkspace#setTruncation} of all cells. */
  public void setTruncation(int steps, int[] left) {
    for (CellWorkspace cell : cells) {
      cell.setTruncation(steps, left);
    }
  }

  /**
   * As {@link CellWorkspace#setGradientNorms} of one cell.
   *
   * @param direction 0, or 1 for the cell that reads backward in time
   */
  public void setGradientNorms(int direction, double[] norms) {
    cells[direction].setGradientNorms(norms);
  }

  /** As {@link CellWorkspace#setAddsGradient} of all cells. */
  public void setAddsGradient(boolean adds) {
    for (CellWorkspace cell : cells) {
      cell.setAddsGradient(adds);
    }
  }

  /** Ends the dropout: nothing is dropped in the runs that follow. */
  public void clearMasks() {
    dropsInputs = false;
    zonesOut = false;
    for (CellWorkspace cell : cells) {
      cell.setRecurrentMasks(null);
      cell.setKernelMask(null);
    }
  }

  /** Whether the runs that follow begin with given states. */
  public boolean carriesState() {
    return cells[0].hasInitialState();
  }

  /** The runs that follow begin with zeros. */
  public void clearStates() {
    for (CellWorkspace cell : cells) {
      cell.setInitialState(null);
    }
  }

  void growZoneout(int direction, int size) {
    zoneoutH[direction] = grown(zoneoutH[direction], size);
    zoneoutC[direction] = grown(zoneoutC[direction], size);
  }

  void growDropped(int size) {
    dropped = grown(dropped, size);
  }

  void growMirror(int xSize, int ySize) {
    x[1] = grown(x[1], xSize);
    growJoined(ySize);
  }

  void growJoined(int size) {
    joined = grown(joined, size);
  }

  void growPassed(int size) {
    passed = grown(passed, size);
  }

  void growBackward(int dhSize, int dxSize) {
    for (int i = 0; i < dh.length; i++) {
      dh[i] = grown(dh[i], dhSize);
    }
    mirroredDx = grown(mirroredDx, dxSize);
  }

  static float[] grown(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }
}
