package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Besides the contract: that what workers send each other, and parts of rounds, arrive whole. */
class ShardedExchangeTest extends ExchangeContractTest {

  private static final int LONG = 3 * Parcel.MOST + 1000;

  @Override
  Exchange open(JavaRDD<Integer> shares, WorkerProgram<Integer> program) {
    return new RpcExchange(shares, new Sliced(program, shares.getNumPartitions()));
  }

  /** Another program whose workers could reach each other. */
  private record Sliced(WorkerProgram<Integer> program, int workers)
      implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public RoundWorker start(Integer share) {
      return program.start(share);
    }

    @Override
    public ContributionShape shape(int worker) {
      return program.shape(worker);
    }

    @Override
    public int parameterCount() {
      return program.parameterCount();
    }

    @Override
    public int stateCount() {
      return program.stateCount();
    }

    @Override
    public Optional<Slices> slices() {
      return Optional.of(new Slices(new int[workers + 1], new int[workers], false));
    }
  }

  private static Slices threeSlices(boolean bfloat16) {
    return new Slices(Slices.bounds(LONG, 3, 1024), new int[] {1, 2, 1}, bfloat16);
  }

  /** Worker w has partial sums of (w + 1) (i + s) and adds the slices; the part is added to all. */
  private record Adding(boolean bfloat16) implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public RoundWorker start(Integer share) {
      return new Adder(share, threeSlices(bfloat16));
    }

    @Override
    public ContributionShape shape(int worker) {
      return new ContributionShape(1, 1, LONG, 0, 2);
    }

    @Override
    public int parameterCount() {
      return 0;
    }

    @Override
    public int argumentCount() {
      return 1;
    }

    @Override
    public int partCount(int worker) {
      return worker + 1;
    }

    @Override
    public Optional<Slices> slices() {
      return Optional.of(threeSlices(bfloat16));
    }
  }

  private static final class Adder implements RoundWorker {

    private final int worker;
    private final Slices slices;
    private final float[][] sums;
    private final float[] whole = new float[LONG];
    private final float[][][] received = new float[3][][];
    private Peers peers;

    Adder(int worker, Slices slices) {
      this.worker = worker;
      this.slices = slices;
      this.sums = new float[slices.sums(worker)][LONG];
      for (int peer = 0; peer < 3; peer++) {
        received[peer] = new float[slices.sums(peer)][slices.length(worker)];
      }
    }

    @Override
    public void meet(Peers others) {
      peers = others;
      peers.receiveInto(received, whole);
    }

    @Override
    public void compute(Round round, Contribution contribution) {
      for (int s = 0; s < sums.length; s++) {
        for (int i = 0; i < LONG; i++) {
          sums[s][i] = (worker + 1) * (i + s) * (float) round.arguments[0];
        }
        System.arraycopy(
            sums[s], slices.from(worker), received[worker][s], 0, slices.length(worker));
      }
      peers.scatter(sums);
      for (int i = 0; i < slices.length(worker); i++) {
        whole[slices.from(worker) + i] =
            received[0][0][i] + received[1][0][i] + received[1][1][i] + received[2][0][i];
      }
      peers.gather(whole);
      System.arraycopy(whole, 0, contribution.sums[0], 0, LONG);
      contribution.hasSums = true;
      contribution.measures[0] = round.hasParts ? round.part[worker] : -1;
      contribution.measures[1] = worker;
    }
  }

  private static JavaRDD<Integer> threeShares(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, 3).boxed().toList(), 3);
  }

  private static Exchange adders(SparkSession spark, boolean bfloat16) {
    return new RpcExchange(threeShares(spark), new Adding(bfloat16));
  }

  @Test
  void slicesOfAllWorkersAreAddedAndSpread(SparkSession spark) {
    try (Exchange exchange = adders(spark, false)) {
      Round round = new Round(new float[0], new float[0], 1, 0);
      for (int step = 1; step <= 20; step++) {
        round.arguments[0] = step % 4 + 1;
        round.hasParts = step % 5 == 0;
        float factor = (float) (step % 4 + 1);
        round.parts =
            (worker, into) -> {
              for (int i = 0; i <= worker; i++) {
                into.put(i * factor);
              }
            };
        List<Contribution> answers = exchange.round(round);
        for (int worker = 0; worker < 3; worker++) {
          Contribution answer = answers.get(worker);
          assertThat(answer.measures)
              .containsExactly(round.hasParts ? worker * factor : -1, worker);
          for (int i = 0; i < LONG; i++) {
            float a = i * factor;
            float sum = a + 2 * a + 2 * (i + 1) * factor + 3 * a;
            if (answer.sums[0][i] != sum) {
              assertThat(answer.sums[0][i]).as("place %d of worker %d", i, worker).isEqualTo(sum);
            }
          }
        }
      }
    }
  }

  /** Worker 1 has shut its port before worker 0 calls there, as a firewall would have. */
  private record Unreachable() implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public RoundWorker start(Integer share) {
      return new RoundWorker() {
        @Override
        public void meet(Peers peers) {
          if (share == 1) {
            peers.close();
          }
        }

        @Override
        public void compute(Round round, Contribution contribution) {
          throw new IllegalStateException("nobody is connected");
        }
      };
    }

    @Override
    public ContributionShape shape(int worker) {
      return new ContributionShape(1, 1, LONG, 0, 0);
    }

    @Override
    public int parameterCount() {
      return 0;
    }

    @Override
    public Optional<Slices> slices() {
      return Optional.of(threeSlices(false));
    }
  }

  /** If this fails, who forgot a port in a firewall is told to look for a lack of memory. */
  @Test
  void workersThatCanNotReachEachOtherSayWhoCouldNotReachWhomAndWhatToDo(SparkSession spark) {
    try (Exchange exchange = new RpcExchange(threeShares(spark), new Unreachable())) {
      Round round = new Round(0);
      assertThatThrownBy(() -> exchange.round(round))
          .isInstanceOf(FailedWorkerException.class)
          .message()
          .matches(
              "Worker \\d on executor driver \\(127\\.0\\.0\\.1\\) can't reach worker \\d at"
                  + " 127\\.0\\.0\\.1:\\d+ \\(.+\\); with exchange \"sharded\" executors must be able to"
                  + " connect to each other\\. Open spark\\.rnn\\.worker\\.port in firewalls between"
                  + " them, or set exchange to \"rpc\"\\.");
    }
  }

  @Test
  void sumsInSixteenBitsAreCloseAndTheSameForAll(SparkSession spark) {
    try (Exchange exchange = adders(spark, true)) {
      Round round = new Round(new float[0], new float[0], 1, 0);
      round.arguments[0] = 0.37;
      List<Contribution> answers = exchange.round(round);
      for (int worker = 1; worker < 3; worker++) {
        assertThat(answers.get(worker).sums[0]).containsExactly(answers.get(0).sums[0]);
      }
      boolean rounded = false;
      for (int i = 0; i < LONG; i++) {
        float exact = (8 * i + 2) * 0.37f;
        float error = Math.abs(answers.get(0).sums[0][i] - exact);
        assertThat(error).as("place %d", i).isLessThanOrEqualTo(exact / 256 + 1e-6f);
        rounded |= error > exact / 4096;
      }
      assertThat(rounded).isTrue();
    }
  }
}
