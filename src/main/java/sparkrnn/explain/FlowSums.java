package sparkrnn.explain;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums of norms of gradients by how many time steps they came back, D at most.
 *
 * @param norms (cells, D), sums over the sequences
 * @param counts (D), how many sequences are longer than so many time steps
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FlowSums(double[][] norms, long[] counts) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of no sequence. */
  static FlowSums none(int cells) {
    return new FlowSums(new double[cells][0], new long[0]);
  }

  /** These, or a copy with room for sequences of so many time steps. */
  FlowSums longEnough(int timeSteps) {
    if (counts.length >= timeSteps) {
      return this;
    }
    double[][] longer = new double[norms.length][];
    Arrays.setAll(longer, cell -> Arrays.copyOf(norms[cell], timeSteps));
    return new FlowSums(longer, Arrays.copyOf(counts, timeSteps));
  }

  /** These and the sums of other sequences through the same network. */
  public FlowSums plus(FlowSums other) {
    FlowSums all = none(norms.length).longEnough(Math.max(counts.length, other.counts.length));
    for (FlowSums each : new FlowSums[] {this, other}) {
      for (int d = 0; d < each.counts.length; d++) {
        all.counts[d] += each.counts[d];
        for (int cell = 0; cell < norms.length; cell++) {
          all.norms[cell][d] += each.norms[cell][d];
        }
      }
    }
    return all;
  }

  /** How many sequences there are. */
  public long sequences() {
    return counts.length == 0 ? 0 : counts[0];
  }

  /** The mean norms (D) in a cell. */
  public double[] means(int cell) {
    double[] means = new double[counts.length];
    for (int d = 0; d < means.length; d++) {
      means[d] = norms[cell][d] / counts[d];
    }
    return means;
  }
}
