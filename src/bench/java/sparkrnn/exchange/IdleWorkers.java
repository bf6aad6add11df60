package sparkrnn.exchange;

import java.util.Arrays;
import java.util.Optional;

/** Workers that compute nothing: what a round of them takes is the exchange. */
final class IdleWorkers {

  private IdleWorkers() {}

  /**
   * Workers of the exchanges "rpc", or of "sharded" where there are owners.
   *
   * @param owners how many workers own a slice each; 0 for none
   */
  static WorkerProgram<Integer> of(int parameterCount, int owners) {
    return owners > 0 ? new IdleOwners(parameterCount, owners) : new Idle(parameterCount);
  }

  /** Adds all to the first. */
  static float[] add(float[][] sums) {
    float[] total = sums[0];
    for (int worker = 1; worker < sums.length; worker++) {
      float[] sum = sums[worker];
      for (int i = 0; i < total.length; i++) {
        total[i] += sum[i];
      }
    }
    return total;
  }

  /** Answers what is in the arrays anyway. */
  private record Idle(int parameterCount) implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public RoundWorker start(Integer share) {
      return (asked, contribution) -> contribution.hasSums = true;
    }

    @Override
    public ContributionShape shape(int worker) {
      return new ContributionShape(1, 1, parameterCount);
    }
  }

  /** Workers that own slices and send each other what is in the arrays anyway. */
  private record IdleOwners(int parameterCount, int workers) implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    private static final int BLOCK = 1024;

    @Override
    public RoundWorker start(Integer share) {
      return new IdleOwner(share, sharing());
    }

    @Override
    public ContributionShape shape(int worker) {
      return new ContributionShape(1, 1, 0, 0, sharing().length(worker) / BLOCK + 1);
    }

    @Override
    public int parameterCount() {
      return 0;
    }

    @Override
    public Optional<Slices> slices() {
      return Optional.of(sharing());
    }

    private Slices sharing() {
      int[] sums = new int[workers];
      Arrays.fill(sums, 1);
      return new Slices(Slices.bounds(parameterCount, workers, BLOCK), sums, false);
    }
  }

  /** One of them. */
  private static final class IdleOwner implements RoundWorker {

    private final int worker;
    private final int from;
    private final float[] whole;
    private final float[][] sums;
    private final float[][][] received;
    private final float[][] slices;
    private Peers peers;

    IdleOwner(int worker, Slices sharing) {
      this.worker = worker;
      this.from = sharing.from(worker);
      this.whole = new float[sharing.parameters()];
      this.sums = new float[1][sharing.parameters()];
      this.received = new float[sharing.workers()][1][sharing.length(worker)];
      this.slices = Arrays.stream(received).map(sum -> sum[0]).toArray(float[][]::new);
    }

    @Override
    public void meet(Peers others) {
      peers = others;
      peers.receiveInto(received, whole);
    }

    @Override
    public void compute(Round round, Contribution contribution) {
      System.arraycopy(sums[0], from, slices[worker], 0, slices[worker].length);
      peers.scatter(sums);
      float[] total = IdleWorkers.add(slices);
      System.arraycopy(total, 0, whole, from, total.length);
      peers.gather(whole);
      contribution.hasSums = false;
    }
  }
}
