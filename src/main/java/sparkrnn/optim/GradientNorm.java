package sparkrnn.optim;

import java.util.Arrays;

/**
 * The Euclidean norm of a gradient, summed in an order that is the same whether one process holds
 * the whole gradient or several hold a slice each.
 *
 * <pre>
 *   |g| = sqrt(s(0) + s(1) + ...)      s(j) the sum of the squares of piece j, in double
 * </pre>
 *
 * <p>A piece ends where a parameter tensor ends and at every multiple of {@link #BLOCK} places of
 * the flat array: slices that begin at such multiples are made of whole pieces.
 */
public final class GradientNorm {

  /** Slices must begin at multiples of this many parameters. */
  public static final int BLOCK = 1024;

  /** Where each piece begins, then where the last one ends. */
  private final int[] starts;

  /** The first piece of each tensor, then the number of pieces. */
  private final int[] tensorPieces;

  /**
   * Of gradients of these tensors.
   *
   * @param tensorOffsets where each parameter tensor begins, then where the last one ends: begins
   *     with 0, never falls
   * @throws IllegalArgumentException if it does
   */
  public GradientNorm(int[] tensorOffsets) {
    checkOffsets(tensorOffsets);
    int tensors = tensorOffsets.length - 1;
    int[] bounds = new int[tensors + 1 + tensorOffsets[tensors] / BLOCK + 1];
    tensorPieces = new int[tensors + 1];
    int count = 0;
    for (int k = 0; k < tensors; k++) {
      tensorPieces[k] = count;
      for (int at = tensorOffsets[k]; at < tensorOffsets[k + 1]; at = nextBlock(at)) {
        bounds[count++] = at;
      }
    }
    tensorPieces[tensors] = count;
    bounds[count] = tensorOffsets[tensors];
    starts = Arrays.copyOf(bounds, count + 1);
  }

  private static int nextBlock(int place) {
    return place / BLOCK * BLOCK + BLOCK;
  }

  private static void checkOffsets(int[] offsets) {
    boolean rising = offsets.length > 0 && offsets[0] == 0;
    for (int k = 1; k < offsets.length; k++) {
      rising &= offsets[k] >= offsets[k - 1];
    }
    if (!rising) {
      throw new IllegalArgumentException(
          "clipping: the tensor offsets are "
              + Arrays.toString(offsets)
              + "; they must begin with 0 and never fall.");
    }
  }

  /** Length of the gradient. */
  int size() {
    return starts[starts.length - 1];
  }

  int tensors() {
    return tensorPieces.length - 1;
  }

  /** The place of a tensor; of the number of tensors, the length of the gradient. */
  int tensorStart(int k) {
    return starts[tensorPieces[k]];
  }

  /** How many pieces a slice has. */
  public int pieces(int from, int to) {
    return firstPiece(to) - firstPiece(from);
  }

  private int firstPiece(int place) {
    int found = Arrays.binarySearch(starts, place);
    return found < 0 ? -1 - found : found;
  }

  /**
   * Overwrites an array with the sums of the pieces of a slice.
   *
   * @param slice the numbers of the gradient from {@code from} on, which begins a piece
   * @param at where the sums begin in {@code sums}
   */
  public void addUp(float[] slice, int from, double[] sums, int at) {
    int first = firstPiece(from);
    int count = firstPiece(from + slice.length) - first;
    for (int i = 0; i < count; i++) {
      int start = starts[first + i] - from;
      sums[at + i] = sumOfSquares(slice, start, starts[first + i + 1] - from);
    }
  }

  /** The norm of a whole gradient with these sums of all its pieces. */
  public double ofAll(double[] sums) {
    return Math.sqrt(total(sums, 0, starts.length - 1));
  }

  /** The norm of a whole gradient. */
  double ofAll(float[] gradient) {
    return norm(gradient, 0, starts.length - 1);
  }

  /** The norm of a tensor, by the sums of all pieces. */
  double ofTensor(int k, double[] sums) {
    return Math.sqrt(total(sums, tensorPieces[k], tensorPieces[k + 1]));
  }

  /**
   * The norm of consecutive tensors, by the sums of all pieces.
   *
   * @param from the first of them, by their order
   * @param to the one after the last
   */
  public double ofTensors(int from, int to, double[] sums) {
    return Math.sqrt(total(sums, tensorPieces[from], tensorPieces[to]));
  }

  /** The norm of a tensor in a whole gradient. */
  double ofTensor(int k, float[] gradient) {
    return norm(gradient, tensorPieces[k], tensorPieces[k + 1]);
  }

  private static double total(double[] sums, int from, int to) {
    double total = 0;
    for (int i = from; i < to; i++) {
      total += sums[i];
    }
    return total;
  }

  private double norm(float[] gradient, int from, int to) {
    double total = 0;
    for (int i = from; i < to; i++) {
      total += sumOfSquares(gradient, starts[i], starts[i + 1]);
    }
    return Math.sqrt(total);
  }

  /** Four sums side by side: one alone waits for each addition to end before the next begins. */
  private static double sumOfSquares(float[] values, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      sum0 += (double) values[i] * values[i];
      sum1 += (double) values[i + 1] * values[i + 1];
      sum2 += (double) values[i + 2] * values[i + 2];
      sum3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < to; i++) {
      sum0 += (double) values[i] * values[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
