package sparkrnn.layer;

import java.util.Arrays;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/**
 * A linear-chain conditional random field: one probability for all labels of a sequence, in which
 * neighbouring labels count, and its negative log likelihood.
 *
 * <pre>
 *   score(y) = start(y(0)) + sum over t of x(t, y(t)) + sum over t above 0 of A(y(t-1), y(t))
 *              + end(y(T-1))
 *   log p(y) = score(y) - log sum over all z of exp(score(z))
 *   loss     = -log p(y)
 *   dx(t,k)  = p(y(t) = k) - [y(t) is k]      likewise dA, dstart, dend: expected less found
 * </pre>
 *
 * <p>Time steps without a label (weight 0) may have any: loss = -log of the sum of p over all
 * labellings with the known labels; then "found" is expected under these. A sequence weighs what
 * its labelled time steps do, which must all weigh the same; where none does, it counts nothing.
 *
 * <p>Shapes: N packed rows, S sequences, K labels.
 *
 * <pre>
 *   x, dx (N, K)    targets (N), places of labels    weights (N)
 *   A (K, K), label before first    start, end (K)    in the flat parameter array, row-major
 * </pre>
 *
 * <p>Source: Lafferty, McCallum and Pereira 2001; on a recurrent network: Huang, Xu and Yu 2015.
 */
public final class LinearChainCrf {

  private final int K;
  private final int at;

  /**
   * Appends "crf/transitions" (K, K), "crf/start" (K) and "crf/end" (K) to a layout; all begin as
   * 0, where labels do not count for each other.
   */
  public LinearChainCrf(ParameterLayout.Builder layout, int labels) {
    K = labels;
    at = layout.add("crf/transitions", K, K);
    layout.add("crf/start", K);
    layout.add("crf/end", K);
  }

  /** Where its parameters begin; they stand one after the other. */
  public int offset() {
    return at;
  }

  /** How many parameters it has. */
  public int size() {
    return K * (K + 2);
  }

  /** Buffers for one thread. */
  public ChainLattice newWorkspace() {
    return new ChainLattice(K);
  }

  /** Takes the parameters that all that follows on the workspace reads. */
  public void read(ChainLattice lattice, float[] parameters) {
    lattice.read(parameters, at);
  }

  /**
   * The weighted sum of the losses. Must follow {@link #read}, like all below.
   *
   * @param x (N, K); read only
   */
  public double weightedSum(
      ChainLattice lattice,
      PackedSequences sequences,
      float[] x,
      float[] targets,
      float[] weights) {
    double sum = 0;
    for (int s = 0; s < sequences.sequences(); s++) {
      float weight = weight(sequences, s, weights);
      if (weight > 0) {
        begin(lattice, sequences, s, x);
        double all = lattice.forward();
        keepKnown(lattice, sequences, s, targets, weights);
        sum += weight * (all - lattice.forward());
      }
    }
    return sum;
  }

  /**
   * Overwrites {@code dx} with the gradient of {@code scale} times {@link #weightedSum} by x, and
   * adds that by the parameters to {@code gradient}.
   *
   * @param x (N, K); read only
   */
  public void backward(
      ChainLattice lattice,
      PackedSequences sequences,
      float[] x,
      float[] targets,
      float[] weights,
      float scale,
      float[] dx,
      float[] gradient) {
    Arrays.fill(lattice.sums, 0);
    for (int s = 0; s < sequences.sequences(); s++) {
      double factor = (double) scale * weight(sequences, s, weights);
      begin(lattice, sequences, s, x);
      if (factor != 0) {
        lattice.addExpected(factor);
        keepKnown(lattice, sequences, s, targets, weights);
        lattice.addExpected(-factor);
      }
      for (int t = 0; t < sequences.length(s); t++) {
        int row = sequences.firstRow(t) + s;
        for (int k = 0; k < K; k++) {
          dx[row * K + k] = (float) lattice.stepSums[t * K + k];
        }
      }
    }
    for (int i = 0; i < size(); i++) {
      gradient[at + i] += (float) lattice.sums[i];
    }
  }

  /** What the labelled time steps of a sequence weigh; 0 where none has a label. */
  private static float weight(PackedSequences sequences, int s, float[] weights) {
    float weight = 0;
    for (int t = 0; t < sequences.length(s); t++) {
      weight = Math.max(weight, weights[sequences.firstRow(t) + s]);
    }
    return weight;
  }

  /** Lets the lattice have all labellings of a sequence. */
  private void begin(ChainLattice lattice, PackedSequences sequences, int s, float[] x) {
    lattice.begin(sequences.length(s));
    for (int t = 0; t < sequences.length(s); t++) {
      int row = sequences.firstRow(t) + s;
      for (int k = 0; k < K; k++) {
        lattice.scores[t * K + k] += x[row * K + k];
      }
    }
  }

  /** Forbids all labels but the known ones. */
  private void keepKnown(
      ChainLattice lattice, PackedSequences sequences, int s, float[] targets, float[] weights) {
    for (int t = 0; t < sequences.length(s); t++) {
      int row = sequences.firstRow(t) + s;
      for (int k = 0; k < K; k++) {
        if (weights[row] > 0 && k != (int) targets[row]) {
          lattice.scores[t * K + k] = Double.NEGATIVE_INFINITY;
        }
      }
    }
  }

  /**
   * Overwrites y with the most probable labels of a sequence, all together (Viterbi 1967).
   *
   * @param x (N, K); read only
   * @param y (T), the length of the sequence
   */
  public void best(ChainLattice lattice, PackedSequences sequences, int s, float[] x, int[] y) {
    begin(lattice, sequences, s, x);
    lattice.best(y);
  }

  /**
   * Overwrites p with the probability of each label at each time step of a sequence, whatever the
   * others are.
   *
   * @param x (N, K); read only
   * @param p (T, K), T being the length of the sequence
   */
  public void marginals(
      ChainLattice lattice, PackedSequences sequences, int s, float[] x, double[] p) {
    begin(lattice, sequences, s, x);
    lattice.forward();
    lattice.backward();
    for (int t = 0; t < sequences.length(s); t++) {
      System.arraycopy(lattice.marginals(t), 0, p, t * K, K);
    }
  }
}
