package sparkrnn.forecast;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How far intervals must reach beyond those of the network so that they hold a share of new values:
 * quantiles of what was missed on windows that the network was not trained on (split conformal
 * prediction, Vovk et al. 2005; of quantiles Romano et al. 2019).
 *
 * @param coverage the share that the intervals hold, in (0, 1)
 * @param windows from which they were learnt
 * @param reaches of each row of the horizon, of each target, in scales of the window; may be below
 *     0 where the network's own intervals are too wide
 */
public record Conformal(double coverage, int windows, List<List<Double>> reaches)
    implements Serializable {

  /** How many windows are needed at least for a coverage. */
  public static int leastWindows(double coverage) {
    return (int) Math.ceil(coverage / (1 - coverage) - 1e-9);
  }

  /**
   * The reach that holds a share of the scores: the k-th smallest, k = (n + 1) coverage rounded up.
   *
   * @param scores sorted by the call; at least {@link #leastWindows}
   */
  public static double reach(double[] scores, double coverage) {
    Arrays.sort(scores);
    int k = (int) Math.ceil((scores.length + 1) * coverage - 1e-9);
    return scores[Math.min(k, scores.length) - 1];
  }
}
