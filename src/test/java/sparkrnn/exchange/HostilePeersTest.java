package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/**
 * Rounds go on while others send garbage to the same port. If these fail, whoever reaches the port
 * can stop a training of days, fill the driver's memory, or have a say in the weights.
 */
@ExtendWith(LocalSpark.class)
@Timeout(600)
final class HostilePeersTest {

  private static final long SEED = Long.getLong("seed", 4711);
  private static final int WORKERS = 3;
  private static final int PARAMETERS = 50;
  private static final ContributionShape SHAPE = new ContributionShape(2, 2, PARAMETERS, 1, 0);
  private static final int MESSAGES_OF_A_PEER = 4;

  private final SparkSession spark;

  HostilePeersTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Answers what shows which round and which worker it was. */
  private record Witness() implements WorkerProgram<Integer> {

    private static final long serialVersionUID = 1L;

    @Override
    public RoundWorker start(Integer share) {
      return (round, contribution) -> {
        Arrays.fill(contribution.losses, share + round.batch);
        contribution.states[0] = -share - round.batch;
        for (float[] sum : contribution.sums) {
          Arrays.fill(sum, share * round.parameters[7]);
        }
        contribution.hasSums = true;
      };
    }

    @Override
    public ContributionShape shape(int worker) {
      return SHAPE;
    }

    @Override
    public int parameterCount() {
      return PARAMETERS;
    }
  }

  private RpcExchange open() {
    JavaRDD<Integer> shares =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(IntStream.range(0, WORKERS).boxed().toList(), WORKERS);
    return new RpcExchange(shares, new Witness());
  }

  private static void checkRound(RpcExchange exchange, int number) {
    Round round = new Round(PARAMETERS);
    round.batch = number;
    Arrays.fill(round.parameters, 0.5f + number);
    List<Contribution> answers = exchange.round(round);
    assertThat(answers).hasSize(WORKERS);
    for (int worker = 0; worker < WORKERS; worker++) {
      Contribution answer = answers.get(worker);
      assertThat(answer.losses).containsExactly(worker + number, worker + number);
      assertThat(answer.states).containsExactly(-worker - number);
      assertThat(answer.sums[1][PARAMETERS - 1]).isEqualTo(worker * (0.5f + number));
    }
  }

  /**
   * Sends at least so many messages, and goes on until at least so many rounds were asked
   * meanwhile; returns how many they were.
   */
  private int attack(int messages, int leastRounds) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    AtomicInteger rounds = new AtomicInteger();
    try (RpcExchange exchange = open()) {
      checkRound(exchange, rounds.getAndIncrement());
      Frames frames = new Frames(exchange.token(), SHAPE);
      Random random = new Random(SEED);
      Future<Integer> attack =
          pool.submit(
              () -> {
                int sent = 0;
                while (sent < messages || rounds.get() < leastRounds) {
                  byte[][] some = new byte[1 + random.nextInt(MESSAGES_OF_A_PEER)][];
                  Arrays.setAll(some, i -> frames.malformed(random, WORKERS));
                  sent += Frames.send(exchange.port(), some);
                }
                return sent;
              });
      while (!attack.isDone()) {
        checkRound(exchange, rounds.getAndIncrement());
      }
      assertThat(attack.get()).isGreaterThanOrEqualTo(messages);
      checkRound(exchange, rounds.getAndIncrement());
    } finally {
      pool.shutdownNow();
    }
    return rounds.get();
  }

  @Test
  void garbageNeitherStopsNorChangesTheRounds() throws Exception {
    assertThat(attack(4_000, 100)).as("rounds, seed %d", SEED).isGreaterThan(100);
  }

  @Test
  @Tag("slow")
  void hundredThousandMalformedMessagesNeitherStopNorChangeTheRounds() throws Exception {
    int rounds = attack(100_000, 1_000);
    System.out.println("100000 malformed messages, " + rounds + " rounds, seed " + SEED);
    assertThat(rounds).as("rounds, seed %d", SEED).isGreaterThan(1_000);
  }

  /** True if the other side has closed the connection: nothing else ends the wait. */
  private static boolean isDropped(Socket socket, byte[] message) throws IOException {
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
    socket.getOutputStream().write(message);
    InputStream input = socket.getInputStream();
    byte[] buffer = new byte[256];
    while (true) {
      int read;
      try {
        read = input.read(buffer);
      } catch (java.net.SocketException reset) {
        return true;
      }
      if (read < 0) {
        return true;
      }
    }
  }

  @Test
  void aPeerWithAnotherTokenIsDroppedEvenBeforeTheWorkersCome() throws Exception {
    try (RpcExchange exchange = open();
        Socket early = new Socket(InetAddress.getLoopbackAddress(), exchange.port())) {
      ByteBuffer introduction = RpcMessages.introduction(RpcToken.random(), 0, "stolen", "");
      assertThat(isDropped(early, Frames.frame(Frames.CALL, introduction))).isTrue();
      checkRound(exchange, 0);
    }
  }

  @Test
  void aPeerWithAnotherTokenCanNotMakeTheDriverGatherALongFrame() throws Exception {
    try (RpcExchange exchange = open();
        Socket greedy = new Socket(InetAddress.getLoopbackAddress(), exchange.port())) {
      ByteBuffer beginning = ByteBuffer.allocate(21);
      beginning.putLong(1 << 30).put((byte) Frames.CALL).putLong(1).putInt((1 << 30) - 21);
      assertThat(isDropped(greedy, beginning.array())).isTrue();
      checkRound(exchange, 0);
    }
  }
}
