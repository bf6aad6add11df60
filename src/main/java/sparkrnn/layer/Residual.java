package sparkrnn.layer;

import java.util.Arrays;
import sparkrnn.cell.GradientReach;
import sparkrnn.sequence.PackedSequences;

/**
 * The addition of a recurrent layer's inputs to its outputs, which are equally wide.
 *
 * <pre>
 *   y(t) = h(t) + x(t)          dh(t) = dy(t)      dx(t) += dy(t)
 * </pre>
 *
 * <p>Shapes: N packed rows, H columns.
 *
 * <pre>
 *   x, h, y, dx, dy (N, H)
 * </pre>
 *
 * <p>Source: He et al. 2016, as Wu et al. 2016 (section 3.1) put it around recurrent layers. The
 * inputs are added as they came, also where the cell reads them with dropout.
 */
final class Residual {

  private Residual() {}

  /** y = h + x, of the first elements of each; y may be h itself. */
  static void add(float[] h, float[] x, float[] y, int size) {
    for (int e = 0; e < size; e++) {
      y[e] = h[e] + x[e];
    }
  }

  /**
   * Overwrites {@code kept} (N, H) with the gradient that dy (N, H) holds, zero where it holds
   * none.
   *
   * @param forwardColumns the first columns, whose last time step is that of the sequence; that of
   *     the others is its first
   */
  static void keep(
      PackedSequences sequences,
      int columns,
      int forwardColumns,
      GradientReach reach,
      float[] dy,
      float[] kept) {
    int size = sequences.rows() * columns;
    if (reach == GradientReach.ALL_ROWS) {
      System.arraycopy(dy, 0, kept, 0, size);
      return;
    }
    Arrays.fill(kept, 0, size, 0f);
    for (int s = 0; s < sequences.sequences(); s++) {
      int last = sequences.lastRow(s) * columns;
      int first = s * columns + forwardColumns;
      System.arraycopy(dy, last, kept, last, forwardColumns);
      System.arraycopy(dy, first, kept, first, columns - forwardColumns);
    }
  }
}
