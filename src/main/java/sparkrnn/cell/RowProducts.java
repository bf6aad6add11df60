package sparkrnn.cell;

import sparkrnn.linalg.Blas;
import sparkrnn.sequence.PackedSequences;

/**
 * The products of a run that reads one sequence alone and keeps nothing for the way back, as
 * services ask for: those of all gates at once.
 *
 * <pre>
 *   z(t) = b + x(t) W            of many time steps ahead in one product
 *   z(t) += h(t-1) U             one row, and all of U as it stands, read once
 * </pre>
 *
 * <p>Shapes: x (T, F), W (F, gates * H), U (H, gates * H), z (gates * H): gate by gate.
 */
final class RowProducts {

  /** Numbers of z that are made ahead: 1 MB. */
  private static final int AHEAD = 1 << 18;

  private final int inputs;
  private final int units;
  private final int columns;
  private final GateParameters at;

  /** What a run needs, in one thread. */
  static final class Buffers {
    /** (time steps ahead, gates * H). */
    float[] z = new float[0];

    private int first;
    private int end;
  }

  RowProducts(int inputs, int units, int gates, GateParameters at) {
    this.inputs = inputs;
    this.units = units;
    this.columns = gates * units;
    this.at = at;
  }

  /** Whether a run is one of these; if so, makes ready for it. */
  static boolean begin(CellWorkspace w, PackedSequences sequences) {
    w.rowProducts.first = 0;
    w.rowProducts.end = 0;
    return sequences.sequences() == 1 && w.keepsNothing();
  }

  /**
   * Makes b + x(t) W, for t from 0 on one after the other.
   *
   * @param bias (gates * H) from biasAt on
   * @return where it stands in {@link Buffers#z}
   */
  int write(
      CellWorkspace workspace,
      int t,
      int timeSteps,
      float[] x,
      float[] parameters,
      float[] bias,
      int biasAt) {
    Buffers w = workspace.rowProducts;
    if (t >= w.end) {
      int rows = Math.min(timeSteps - t, Math.max(1, AHEAD / columns));
      w.z = CellWorkspace.grown(w.z, rows * columns);
      InputProducts.fillRows(w.z, 0, rows, bias, biasAt, columns);
      Blas.multiply(
          rows,
          columns,
          inputs,
          x,
          t * inputs,
          inputs,
          parameters,
          at.kernelAt(),
          columns,
          1f,
          w.z,
          0,
          columns);
      w.first = t;
      w.end = t + rows;
    }
    return (t - w.first) * columns;
  }

  /** z += h(t-1) U; without a given state h(-1) is zero. */
  void addRecurrent(CellWorkspace w, int t, float[] parameters, float[] z, int zAt) {
    float[] h = t > 0 ? w.h : w.initialState;
    if (h != null) {
      int from = Math.max(0, t - 1) * units;
      Blas.addRowProduct(units, columns, h, from, parameters, at.recurrentKernelAt(), z, zAt);
    }
  }
}
