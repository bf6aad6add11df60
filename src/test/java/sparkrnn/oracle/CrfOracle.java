package sparkrnn.oracle;

import java.util.function.ObjDoubleConsumer;

/**
 * A linear-chain CRF on one sequence by its definition: every labelling is written down, one by
 * one. See {@link sparkrnn.layer.LinearChainCrf}.
 *
 * @param K labels
 * @param parameters A (K, K), start (K), end (K)
 */
public record CrfOracle(int K, double[] parameters) {

  /** The score of a labelling. */
  public double score(double[][] x, int[] y) {
    double score = parameters[K * K + y[0]] + parameters[K * K + K + y[y.length - 1]];
    for (int t = 0; t < y.length; t++) {
      score += x[t][y[t]];
      score += t > 0 ? parameters[y[t - 1] * K + y[t]] : 0;
    }
    return score;
  }

  private static boolean agree(int[] y, int[] known) {
    for (int t = 0; t < y.length; t++) {
      if (known[t] >= 0 && known[t] != y[t]) {
        return false;
      }
    }
    return true;
  }

  /** Visits every labelling with its probability. */
  private void visit(double[][] x, ObjDoubleConsumer<int[]> visitor) {
    long count = Math.round(Math.pow(K, x.length));
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) {
      double total = sum;
      for (long number = 0; number < count; number++) {
        int[] y = new int[x.length];
        long rest = number;
        for (int t = 0; t < y.length; t++) {
          y[t] = (int) (rest % K);
          rest /= K;
        }
        double exp = Math.exp(score(x, y));
        if (pass == 0) {
          sum += exp;
        } else {
          visitor.accept(y, exp / total);
        }
      }
    }
  }

  /**
   * Minus the logarithm of the probability of all labellings with the known labels.
   *
   * @param known below 0 where a label is not known
   */
  public double loss(double[][] x, int[] known) {
    double[] p = new double[1];
    visit(
        x,
        (y, probability) -> {
          if (agree(y, known)) {
            p[0] += probability;
          }
        });
    return -Math.log(p[0]);
  }

  /** The probability of each label at each time step. */
  public double[][] marginals(double[][] x) {
    double[][] marginals = new double[x.length][K];
    visit(
        x,
        (y, probability) -> {
          for (int t = 0; t < y.length; t++) {
            marginals[t][y[t]] += probability;
          }
        });
    return marginals;
  }

  /** The most probable labelling. */
  public int[] best(double[][] x) {
    int[][] best = new int[1][];
    double[] most = {-1};
    visit(
        x,
        (y, probability) -> {
          if (probability > most[0]) {
            most[0] = probability;
            best[0] = y;
          }
        });
    return best[0];
  }
}
