package sparkrnn.layer;

import java.util.Arrays;

/**
 * All labellings of one sequence at once, and the buffers for that: grown to the longest sequence
 * seen and then reused. For one thread.
 *
 * <p>A labelling y has the score
 *
 * <pre>
 *   score(y) = sum over t of s(t, y(t))  +  sum over t above 0 of A(y(t-1), y(t))
 * </pre>
 *
 * <p>and the probability exp(score(y) - logZ). In log space, for all labels j of a time step:
 *
 * <pre>
 *   alpha(0,j) = s(0,j)    alpha(t,j) = s(t,j) + log sum over i of exp(alpha(t-1,i) + A(i,j))
 *   beta(T-1,i) = 0        beta(t,i) = log sum over j of exp(A(i,j) + s(t+1,j) + beta(t+1,j))
 *   logZ = log sum over j of exp(alpha(T-1,j))
 *   p(t,j) = exp(alpha(t,j) + beta(t,j) - logZ)                            y(t) is j
 *   p(t,i,j) = exp(alpha(t-1,i) + A(i,j) + s(t,j) + beta(t,j) - logZ)      y(t-1) is i, y(t) is j
 * </pre>
 *
 * <p>A score of minus infinity forbids a label at a time step. Shapes: T time steps, K labels.
 *
 * <pre>
 *   s, alpha, beta (T, K)    A (K, K)
 * </pre>
 *
 * <p>Computed in double precision with StrictMath, whose bits are the same on every machine. The
 * sums take the exponentials of A, less the largest of its column or row, from a table; where such
 * a product could leave the range of a double, it is computed from its logarithm.
 *
 * <p>Source: Rabiner 1989, equations 18 to 37, in log space.
 */
public final class ChainLattice {

  /** A sum below this may have lost terms to underflow. */
  private static final double SMALLEST_SUM = 1e-280;

  /** Above this, exp times what underflowed would no longer be nothing. */
  private static final double LARGEST_EXPONENT = 300;

  private final int K;
  private int T;
  double[] scores = new double[0];
  private double[] alpha = new double[0];
  private double[] beta = new double[0];
  private int[] before = new int[0];
  private double logZ;
  private final double[] A;
  private final double[] start;
  private final double[] end;
  private final double[] columnMax;
  private final double[] rowMax;
  private final double[] expByColumn;
  private final double[] expByRow;
  private final double[] left;
  private final double[] right;
  private final double[] p;
  private final double[] pairs;

  /** (K, K), (K) and (K): sums over sequences for A, start and end, which the caller clears. */
  final double[] sums;

  /** (T, K): sums for the time steps of the sequence, 0 from {@link #begin} on. */
  double[] stepSums = new double[0];

  /** Of so many labels. */
  ChainLattice(int labels) {
    K = labels;
    A = new double[K * K];
    start = new double[K];
    end = new double[K];
    sums = new double[K * (K + 2)];
    columnMax = new double[K];
    rowMax = new double[K];
    expByColumn = new double[K * K];
    expByRow = new double[K * K];
    left = new double[K];
    right = new double[K];
    p = new double[K];
    pairs = new double[K * K];
  }

  /** Takes the scores A (K, K), start (K) and end (K), which stand one after the other. */
  void read(float[] parameters, int at) {
    for (int k = 0; k < K; k++) {
      start[k] = parameters[at + K * K + k];
      end[k] = parameters[at + K * K + K + k];
      columnMax[k] = Double.NEGATIVE_INFINITY;
      rowMax[k] = Double.NEGATIVE_INFINITY;
    }
    for (int i = 0; i < K; i++) {
      for (int j = 0; j < K; j++) {
        double score = parameters[at + i * K + j];
        A[i * K + j] = score;
        columnMax[j] = Math.max(columnMax[j], score);
        rowMax[i] = Math.max(rowMax[i], score);
      }
    }
    for (int i = 0; i < K; i++) {
      for (int j = 0; j < K; j++) {
        expByColumn[i * K + j] = StrictMath.exp(A[i * K + j] - columnMax[j]);
        expByRow[i * K + j] = StrictMath.exp(A[i * K + j] - rowMax[i]);
      }
    }
  }

  /** Begins a sequence; the caller then adds to the {@link #scores}, which are start and end. */
  void begin(int timeSteps) {
    T = timeSteps;
    int size = Math.multiplyExact(T, K);
    if (scores.length < size) {
      scores = new double[size];
      alpha = new double[size];
      beta = new double[size];
      stepSums = new double[size];
      before = new int[size];
    }
    Arrays.fill(scores, 0, size, 0);
    Arrays.fill(stepSums, 0, size, 0);
    System.arraycopy(start, 0, scores, 0, K);
    for (int k = 0; k < K; k++) {
      scores[size - K + k] += end[k];
    }
  }

  /**
   * Adds factor times the probabilities of the labels to {@link #stepSums}, and of pairs of labels,
   * of the first and of the last one to {@link #sums}.
   */
  void addExpected(double factor) {
    forward();
    backward();
    for (int t = 0; t < T; t++) {
      marginals(t);
      for (int k = 0; k < K; k++) {
        stepSums[t * K + k] += factor * p[k];
        sums[K * K + k] += t == 0 ? factor * p[k] : 0;
        sums[K * K + K + k] += t == T - 1 ? factor * p[k] : 0;
      }
      if (t > 0) {
        pairs(t);
        for (int i = 0; i < K * K; i++) {
          sums[i] += factor * pairs[i];
        }
      }
    }
  }

  /** Overwrites alpha and returns logZ. */
  double forward() {
    System.arraycopy(scores, 0, alpha, 0, K);
    for (int t = 1; t < T; t++) {
      int at = t * K;
      double most = exponentials(alpha, at - K, left);
      for (int j = 0; j < K; j++) {
        double sum = 0;
        for (int i = 0; i < K; i++) {
          sum += left[i] * expByColumn[i * K + j];
        }
        alpha[at + j] =
            scores[at + j]
                + (sum > SMALLEST_SUM
                    ? most + columnMax[j] + StrictMath.log(sum)
                    : logSumInto(at - K, j));
      }
    }
    double most = exponentials(alpha, (T - 1) * K, left);
    double sum = 0;
    for (int j = 0; j < K; j++) {
      sum += left[j];
    }
    logZ = most + StrictMath.log(sum);
    return logZ;
  }

  /** Overwrites beta. */
  void backward() {
    for (int i = 0; i < K; i++) {
      beta[(T - 1) * K + i] = 0;
    }
    for (int t = T - 2; t >= 0; t--) {
      int next = (t + 1) * K;
      for (int j = 0; j < K; j++) {
        p[j] = scores[next + j] + beta[next + j];
      }
      double most = exponentials(p, 0, right);
      for (int i = 0; i < K; i++) {
        double sum = 0;
        for (int j = 0; j < K; j++) {
          sum += right[j] * expByRow[i * K + j];
        }
        beta[t * K + i] =
            sum > SMALLEST_SUM ? most + rowMax[i] + StrictMath.log(sum) : logSumFrom(i);
      }
    }
  }

  /** Overwrites to with exp(from - largest), and returns the largest. */
  private double exponentials(double[] from, int at, double[] to) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < K; k++) {
      most = Math.max(most, from[at + k]);
    }
    for (int k = 0; k < K; k++) {
      to[k] = StrictMath.exp(from[at + k] - most);
    }
    return most;
  }

  /** log sum over i of exp(alpha(i) + A(i,j)). */
  private double logSumInto(int at, int j) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < K; i++) {
      most = Math.max(most, alpha[at + i] + A[i * K + j]);
    }
    double sum = 0;
    for (int i = 0; i < K; i++) {
      sum += StrictMath.exp(alpha[at + i] + A[i * K + j] - most);
    }
    return most + StrictMath.log(sum);
  }

  /** log sum over j of exp(A(i,j) + p(j)). */
  private double logSumFrom(int i) {
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < K; j++) {
      most = Math.max(most, A[i * K + j] + p[j]);
    }
    double sum = 0;
    for (int j = 0; j < K; j++) {
      sum += StrictMath.exp(A[i * K + j] + p[j] - most);
    }
    return most + StrictMath.log(sum);
  }

  /**
   * p(t), the probability of each label at a time step; the array is overwritten by the next call.
   * Must follow {@link #forward} and {@link #backward}.
   */
  double[] marginals(int step) {
    for (int k = 0; k < K; k++) {
      p[k] = StrictMath.exp(alpha[step * K + k] + beta[step * K + k] - logZ);
    }
    return p;
  }

  /** Overwrites pairs with p(t,i,j) at (i, j), for a step t above 0. */
  private void pairs(int step) {
    int at = step * K;
    double most = exponentials(alpha, at - K, left);
    for (int j = 0; j < K; j++) {
      double rest = scores[at + j] + beta[at + j] - logZ;
      double exponent = rest + most + columnMax[j];
      double factor = StrictMath.exp(exponent);
      for (int i = 0; i < K; i++) {
        pairs[i * K + j] =
            exponent < LARGEST_EXPONENT
                ? left[i] * expByColumn[i * K + j] * factor
                : StrictMath.exp(alpha[at - K + i] + A[i * K + j] + rest);
      }
    }
  }

  /**
   * Overwrites y (T) with the labelling of the highest score, and of equal ones with that of the
   * first labels, compared from the last time step on. Overwrites alpha.
   */
  void best(int[] y) {
    System.arraycopy(scores, 0, alpha, 0, K);
    for (int t = 1; t < T; t++) {
      for (int j = 0; j < K; j++) {
        int from = 0;
        for (int i = 1; i < K; i++) {
          boolean better = alpha(t - 1, i) + A[i * K + j] > alpha(t - 1, from) + A[from * K + j];
          from = better ? i : from;
        }
        before[t * K + j] = from;
        alpha[t * K + j] = alpha(t - 1, from) + A[from * K + j] + scores[t * K + j];
      }
    }
    int last = 0;
    for (int j = 1; j < K; j++) {
      last = alpha(T - 1, j) > alpha(T - 1, last) ? j : last;
    }
    for (int t = T - 1; t >= 0; t--) {
      y[t] = last;
      last = t == 0 ? last : before[t * K + last];
    }
  }

  private double alpha(int step, int label) {
    return alpha[step * K + label];
  }
}
