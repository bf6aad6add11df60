package sparkrnn.network;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.cell.Cell;
import sparkrnn.cell.CellWorkspace;

/** The buffers of one network in one thread. */
public final class NetworkWorkspace {

  final List<CellWorkspace> cells = new ArrayList<>();
  float[] lastH = new float[0];
  float[] predictions = new float[0];
  float[] dPredictions = new float[0];
  float[] dLastH = new float[0];
  float[][] dh;

  NetworkWorkspace(List<Cell> cells) {
    for (Cell cell : cells) {
      this.cells.add(cell.newWorkspace());
    }
    dh = new float[cells.size()][0];
  }

  /** (sequences, outputs), row-major, packed order; longer than needed is possible. */
  public float[] predictions() {
    return predictions;
  }

  void growForward(int sequences, int units, int outputs) {
    lastH = grown(lastH, sequences * units);
    predictions = grown(predictions, sequences * outputs);
  }

  void growBackward(int sequences, int rows, List<Cell> cells, int outputs) {
    dPredictions = grown(dPredictions, sequences * outputs);
    dLastH = grown(dLastH, sequences * cells.get(cells.size() - 1).units());
    for (int i = 0; i < cells.size(); i++) {
      dh[i] = grown(dh[i], rows * cells.get(i).units());
    }
  }

  private static float[] grown(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }
}
