package sparkrnn.training;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.exchange.Peers;
import sparkrnn.exchange.Slices;

/**
 * What a worker that owns a slice does with the others: adds up everybody's sums of it over the
 * tree (reduce-scatter), and hands everybody what it makes of them (all-gather).
 */
final class SliceReduction {

  private final int worker;
  private final int from;
  private final TreeTop tree;
  private final List<Contribution> received = new ArrayList<>();
  private Peers peers;

  /**
   * Before the workers have met.
   *
   * @param worker that owns the slice of its number
   * @param tree by which all workers add up
   */
  SliceReduction(int worker, Slices slices, TreeTop tree) {
    this.worker = worker;
    this.from = slices.from(worker);
    this.tree = tree;
    for (int peer = 0; peer < slices.workers(); peer++) {
      received.add(
          new Contribution(new ContributionShape(0, slices.sums(peer), slices.length(worker))));
    }
  }

  /**
   * Lets the others send.
   *
   * @param whole gets their slices in {@link #spread}
   */
  void meet(Peers others, float[] whole) {
    peers = others;
    float[][][] arrays =
        received.stream().map(contribution -> contribution.sums).toArray(float[][][]::new);
    peers.receiveInto(arrays, whole);
  }

  /**
   * The slice of the sum over all workers; valid until the next one.
   *
   * @param sums of this worker, whole; every worker calls this with its own
   */
  float[] sum(float[][] sums) {
    float[][] own = received.get(worker).sums;
    for (int sum = 0; sum < own.length; sum++) {
      System.arraycopy(sums[sum], from, own[sum], 0, own[sum].length);
    }
    peers.scatter(sums);
    return tree.sum(received);
  }

  /** Sends everybody this worker's slice, and fills in those of the others. */
  void spread(float[] whole) {
    peers.gather(whole);
  }
}
