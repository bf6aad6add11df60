package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkrnn.LocalSpark;

/**
 * The port of a worker. If this fails, whoever reaches it can take another worker's place or change
 * gradients, or a worker that can't be reached is not named.
 */
@ExtendWith(LocalSpark.class)
@Timeout(60)
final class PeersTest {

  private static final long SEED = Long.getLong("seed", 815);
  private static final int LENGTH = 4;
  private static final long REPLY_MILLIS = 10_000;

  private final SparkSession spark;
  private final RpcToken token = RpcToken.random();
  private final Slices slices = new Slices(new int[] {0, 2, LENGTH}, new int[] {1, 1}, false);
  private final float[] whole = new float[LENGTH];
  private final float[][][] sums = {{new float[2]}, {new float[2]}};
  private Peers peers;
  private TransportContext context;
  private TransportClientFactory clients;

  PeersTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() {
    assertThat(spark.sparkContext().isLocal()).isTrue();
    peers = new Peers(0, slices, token);
    peers.receiveInto(sums, whole);
    context =
        new TransportContext(
            RpcTransport.conf(spark.sparkContext().getConf(), 1), new NoOpRpcHandler(), false);
    clients = context.createClientFactory(List.of());
  }

  @AfterEach
  void close() {
    clients.close();
    context.close();
    peers.close();
  }

  private TransportClient client() throws IOException, InterruptedException {
    int port = Integer.parseInt(peers.address().substring(peers.address().indexOf(':') + 1));
    return clients.createUnmanagedClient("127.0.0.1", port);
  }

  private ByteBuffer parcel(
      RpcToken shown, int from, int array, int first, int at, float... values) {
    Parcel parcel =
        Parcel.of(Parcel.head(shown, from), array, first, values.length, at, false).get(0);
    float[] padded = new float[first + values.length];
    System.arraycopy(values, 0, padded, first, values.length);
    return parcel.load(padded);
  }

  private static void awaitClosed(TransportClient client) throws InterruptedException {
    client.getChannel().closeFuture().await();
  }

  @Test
  void parcelsOfThePeerArePutWhereTheyBelong() throws Exception {
    TransportClient peer = client();
    peer.sendRpcSync(Parcel.hello(token, 1), REPLY_MILLIS);
    peer.send(parcel(token, 1, 0, 0, 1, 7));
    peer.send(parcel(token, 1, Parcel.PARAMETERS, 2, 2, 5, 6));
    // Frames of a connection come in order: after the refusal of this one those before are there.
    peer.send(parcel(token, 1, 1, 0, 0, 9));
    awaitClosed(peer);
    assertThat(sums[1][0]).containsExactly(0, 7);
    assertThat(whole).containsExactly(0, 0, 5, 6);
  }

  @Test
  void whatDoesNotFitExactlyEndsTheConnection() throws Exception {
    List<ByteBuffer> misfits =
        List.of(
            parcel(RpcToken.random(), 1, 0, 0, 0, 9), // another token
            parcel(token, 0, 0, 0, 0, 9), // another worker
            parcel(token, 2, 0, 0, 0, 9), // no worker
            parcel(token, 1, 1, 0, 0, 9), // no such sum
            parcel(token, 1, 0, 0, 1, 9, 9), // beyond the slice
            parcel(token, 1, 0, 0, -1, 9), // before it
            parcel(token, 1, Parcel.PARAMETERS, 0, 1, 9), // this worker's parameters
            parcel(token, 1, Parcel.PARAMETERS, 0, 3, 9, 9)); // beyond all
    for (ByteBuffer misfit : misfits) {
      close();
      open();
      TransportClient peer = client();
      peer.sendRpcSync(Parcel.hello(token, 1), REPLY_MILLIS);
      peer.send(misfit);
      awaitClosed(peer);
      assertThat(sums[1][0]).as("sums after %s", misfit).containsOnly(0);
      assertThat(sums[0][0]).as("own sums after %s", misfit).containsOnly(0);
      assertThat(whole).as("parameters after %s", misfit).containsOnly(0);
    }
  }

  @Test
  void strangersAndSecondComersAreShutOut() throws Exception {
    TransportClient peer = client();
    peer.sendRpcSync(Parcel.hello(token, 1), REPLY_MILLIS);
    for (ByteBuffer hello :
        List.of(
            Parcel.hello(RpcToken.random(), 1),
            Parcel.hello(token, 1),
            Parcel.hello(token, 0),
            Parcel.hello(token, -1),
            ByteBuffer.allocate(3))) {
      TransportClient stranger = client();
      assertThatThrownBy(() -> stranger.sendRpcSync(hello, REPLY_MILLIS))
          .as("%s", hello)
          .isInstanceOf(Exception.class);
      awaitClosed(stranger);
    }
    assertThat(peer.isActive()).isTrue();
  }

  /** Nothing of it is right in all: the one seat for a peer is taken. */
  private byte[] malformed(Random random) {
    RpcToken shown = random.nextInt(4) > 0 ? token : RpcToken.random();
    byte[] frame =
        random.nextInt(3) == 0
            ? Frames.frame(Frames.CALL, Parcel.hello(shown, random.nextInt(4) - 1))
            : Frames.frame(
                random.nextInt(8) > 0 ? Frames.ONE_WAY : Frames.CALL,
                parcel(shown, random.nextInt(3), random.nextInt(5) - 3, 0, random.nextInt(), 9));
    return switch (random.nextInt(4)) {
      case 0 -> Frames.truncated(random, frame);
      case 1 -> Frames.flipped(random, frame);
      case 2 -> Frames.noise(random);
      default -> frame;
    };
  }

  private void attack(int messages) throws Exception {
    TransportClient peer = client();
    peer.sendRpcSync(Parcel.hello(token, 1), REPLY_MILLIS);
    int port = Integer.parseInt(peers.address().substring(peers.address().indexOf(':') + 1));
    Random random = new Random(SEED);
    int sent = 0;
    while (sent < messages) {
      byte[][] some = new byte[1 + random.nextInt(4)][];
      Arrays.setAll(some, i -> malformed(random));
      sent += Frames.send(port, some);
    }
    assertThat(peer.isActive()).as("seed %d", SEED).isTrue();
    peer.send(parcel(token, 1, 0, 0, 1, 7));
    peer.send(parcel(token, 1, Parcel.PARAMETERS, 2, 2, 5, 6));
    // As above: when this one is refused, those before are there.
    peer.send(parcel(token, 1, 1, 0, 0, 9));
    awaitClosed(peer);
    assertThat(sums[1][0]).as("seed %d", SEED).containsExactly(0, 7);
    assertThat(sums[0][0]).as("seed %d", SEED).containsOnly(0);
    assertThat(whole).as("seed %d", SEED).containsExactly(0, 0, 5, 6);
    System.out.println(sent + " malformed messages to the port of a worker, seed " + SEED);
  }

  @Test
  void garbageChangesNothingAndHurtsNoPeer() throws Exception {
    attack(2_000);
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  void hundredThousandMalformedMessagesChangeNothingAndHurtNoPeer() throws Exception {
    attack(100_000);
  }

  @Test
  void workerThatCanNotBeReachedIsNamed() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThatThrownBy(() -> peers.connect(List.of("", "127.0.0.1:" + closed)))
        .isInstanceOf(ExchangeException.class)
        .hasMessageStartingWith(
            "Worker 0 on executor driver (127.0.0.1) can't reach worker 1 at 127.0.0.1:"
                + closed
                + " (")
        .hasMessageEndingWith(
            "); with exchange \"sharded\" executors must be able to connect to each other. Open"
                + " spark.rnn.worker.port in firewalls between them, or set exchange to \"rpc\".");
  }

  /** Sixteen seconds: longer than Spark's own word on the executor is waited for. */
  @Test
  @Tag("slow")
  void lostConnectionEndsTheWaitForAPeer() {
    List<String> words =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(0), 1)
            .map(task -> wordOnALostPeer())
            .collect();
    assertThat(words.get(0))
        .matches("Worker 0 lost its connection from worker 1 at /127.*[0-9]\\.");
  }

  /** Two workers in one task, the second of which goes away. */
  private static String wordOnALostPeer() {
    Slices halves = new Slices(new int[] {0, 2, LENGTH}, new int[] {1, 1}, false);
    RpcToken shared = RpcToken.random();
    try (Peers here = new Peers(0, halves, shared);
        Peers there = new Peers(1, halves, shared)) {
      here.receiveInto(new float[2][1][2], new float[LENGTH]);
      there.receiveInto(new float[2][1][2], new float[LENGTH]);
      List<String> addresses = List.of(here.address(), there.address());
      here.connect(addresses);
      there.connect(addresses);
      there.close();
      here.scatter(new float[1][LENGTH]);
      return "it ended";
    } catch (ExchangeException lost) {
      return lost.getMessage();
    }
  }

  @Test
  void roundsToSixteenBitsAsOthersDo() {
    float[] values = {1, -2.5f, 0, -0f, 1.00390625f, 1.01171875f, 3.4e38f, 1e-40f};
    int[] bits = {0x3f80, 0xc020, 0, 0x8000, 0x3f80, 0x3f82, 0x7f80, 0x0001};
    for (int i = 0; i < values.length; i++) {
      assertThat(Bfloat16.of(values[i]) & 0xffff).as("%s", values[i]).isEqualTo(bits[i]);
    }
    assertThat(Bfloat16.toFloat(Bfloat16.of(Float.NaN))).isNaN();
    assertThat(Bfloat16.toFloat(Bfloat16.of(Float.NEGATIVE_INFINITY)))
        .isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
