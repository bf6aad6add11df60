package sparkrnn.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * Shortens columns of parameter matrices that have become too long, in place.
 *
 * <p>With |w| the Euclidean norm of a column w, and c the largest norm of its matrix:
 *
 * <pre>
 *   w = w min(|w|, c) / (1e-7 + |w|)
 * </pre>
 *
 * <p>A vector is one column. Norms are summed in double, from the first row to the last.
 *
 * <p>Source: Srivastava et al. 2014, section 5.1; Keras' MaxNorm with axis 0, whose epsilon makes
 * short columns a little shorter too.
 */
public final class MaxNorm {

  private static final double EPSILON = 1e-7;

  private record Matrix(int at, int rows, int columns, double largest) {}

  private final List<Matrix> matrices = new ArrayList<>();

  /** Without any matrix. */
  public MaxNorm() {}

  /**
   * Adds a matrix, unless its norms may be of any size.
   *
   * @param at its first place in the flat array
   * @param largest norm of a column, at least 0; 0 for any
   */
  public void add(int at, int rows, int columns, double largest) {
    if (largest > 0) {
      matrices.add(new Matrix(at, rows, columns, largest));
    }
  }

  /** Shortens what is too long. */
  public void apply(float[] parameters) {
    for (int m = 0; m < matrices.size(); m++) {
      Matrix matrix = matrices.get(m);
      for (int column = 0; column < matrix.columns; column++) {
        shorten(parameters, matrix, matrix.at + column);
      }
    }
  }

  private static void shorten(float[] parameters, Matrix matrix, int first) {
    int end = matrix.at + matrix.rows * matrix.columns;
    double sum = 0;
    for (int i = first; i < end; i += matrix.columns) {
      sum += (double) parameters[i] * parameters[i];
    }
    double norm = Math.sqrt(sum);
    float factor = (float) (Math.min(norm, matrix.largest) / (EPSILON + norm));
    for (int i = first; i < end; i += matrix.columns) {
      parameters[i] *= factor;
    }
  }
}
