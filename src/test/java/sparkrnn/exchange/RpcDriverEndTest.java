package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportResponseHandler;
import org.junit.jupiter.api.Test;

/** If these fail, a stranger on the network can disturb a fit. */
class RpcDriverEndTest {

  private static final long SEED = Long.getLong("seed", 77);
  private static final ContributionShape SHAPE = new ContributionShape(2, 1, 3);

  private final RpcToken token = RpcToken.random();
  private final RpcDriverEnd driver =
      new RpcDriverEnd(token, new ContributionShape[] {SHAPE, SHAPE}, 60_000);
  private final RpcResponseCallback callback =
      new RpcResponseCallback() {
        @Override
        public void onSuccess(ByteBuffer response) {}

        @Override
        public void onFailure(Throwable failure) {
          throw new AssertionError("no worker is told of a failure", failure);
        }
      };

  private boolean refuses(ByteBuffer message) {
    EmbeddedChannel channel = new EmbeddedChannel();
    TransportClient client = new TransportClient(channel, new TransportResponseHandler(channel));
    driver.receive(client, message, callback);
    return !channel.isOpen();
  }

  private ByteBuffer hello(RpcToken with, int worker) {
    return RpcMessages.introduction(with, worker, "7", "");
  }

  @Test
  void workerOfTheFitIsHeardOnce() {
    assertThat(refuses(hello(token, 0))).isFalse();
    assertThat(refuses(hello(token, 0))).as("the same worker again").isTrue();
    assertThat(refuses(hello(token, 1))).isFalse();
  }

  @Test
  void strangersAreRefused() {
    assertThat(refuses(hello(RpcToken.random(), 0))).as("another token").isTrue();
    assertThat(refuses(hello(token, 2))).as("no such worker").isTrue();
    assertThat(refuses(hello(token, -1))).as("no such worker").isTrue();
    assertThat(refuses(ByteBuffer.allocate(0))).as("empty").isTrue();
    ByteBuffer answerTooEarly = RpcMessages.answerBuffer(SHAPE);
    RpcMessages.writeAnswer(answerTooEarly, token, 0, 0, new Contribution(SHAPE));
    assertThat(refuses(answerTooEarly)).as("no round was sent yet").isTrue();
  }

  private TransportClient client() {
    EmbeddedChannel channel = new EmbeddedChannel();
    return new TransportClient(channel, new TransportResponseHandler(channel));
  }

  private static ByteBuffer answer(RpcToken with, int worker, int round, double loss) {
    ByteBuffer buffer = RpcMessages.answerBuffer(SHAPE);
    Contribution contribution = new Contribution(SHAPE);
    contribution.losses[1] = loss;
    RpcMessages.writeAnswer(buffer, with, worker, round, contribution);
    return buffer;
  }

  @Test
  void anAnswerCountsOnlyFromTheConnectionThatTheWorkerCameBy() {
    TransportClient first = client();
    TransportClient second = client();
    driver.receive(first, hello(token, 0), callback);
    driver.receive(second, hello(token, 1), callback);
    driver.send(0, ByteBuffer.allocate(0));
    driver.receive(second, answer(token, 0, 0, 3), callback);
    assertThat(second.getChannel().isOpen()).isFalse();
    driver.receive(first, answer(token, 0, 0, 4), callback);
    assertThat(first.getChannel().isOpen()).isTrue();
    driver.receive(first, answer(token, 0, 0, 5), callback);
    assertThat(first.getChannel().isOpen()).as("twice").isFalse();
  }

  @Test
  void whoSaysNothingIsNamed() {
    RpcDriverEnd impatient = new RpcDriverEnd(token, new ContributionShape[] {SHAPE, SHAPE}, 1_000);
    TransportClient lively = client();
    impatient.receive(lively, hello(token, 0), callback);
    impatient.receive(client(), hello(token, 1), callback);
    impatient.send(0, ByteBuffer.allocate(0));
    impatient.receive(lively, answer(token, 0, 0, 1), callback);
    assertThatThrownBy(impatient::awaitAnswers)
        .isInstanceOf(ExchangeException.class)
        .hasMessage(
            "worker 1 on executor 7 at embedded has given no sign of life for 1 s"
                + " (spark.rnn.worker.timeout)");
  }

  @Test
  void aWorkerThatComputesLongIsNotSilent() throws Exception {
    RpcDriverEnd impatient = new RpcDriverEnd(token, new ContributionShape[] {SHAPE}, 1_000);
    TransportClient slow = client();
    impatient.receive(slow, hello(token, 0), callback);
    impatient.send(0, ByteBuffer.allocate(0));
    ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    try {
      Future<?> beats =
          heart.scheduleAtFixedRate(
              () -> impatient.receive(slow, RpcMessages.heartbeat(token, 0)),
              100,
              100,
              TimeUnit.MILLISECONDS);
      Future<?> end =
          heart.schedule(
              () -> impatient.receive(slow, answer(token, 0, 0, 8), callback), 3, TimeUnit.SECONDS);
      assertThat(impatient.awaitAnswers().get(0).losses[1]).isEqualTo(8);
      end.get();
      beats.cancel(true);
    } finally {
      heart.shutdownNow();
    }
    assertThat(slow.getChannel().isOpen()).isTrue();
  }

  @Test
  void noMutatedMessageIsTakenForAnAnswer() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      ByteBuffer valid = hello(token, 0);
      byte[] bytes = new byte[valid.remaining() + random.nextInt(4)];
      valid.get(bytes, 0, valid.limit());
      int header = valid.limit() - 1;
      bytes[random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
      ByteBuffer message = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));
      boolean worker1 = message.remaining() > header && message.get(16) == 1;
      if (!worker1) {
        assertThat(refuses(message)).as("seed %d, message %d", SEED, i).isTrue();
      }
    }
    String longName = "x".repeat(513);
    assertThat(refuses(RpcMessages.introduction(token, 0, longName, ""))).as("long name").isTrue();
    assertThat(refuses(RpcMessages.introduction(token, 0, "", ""))).as("no name").isTrue();
    assertThat(refuses(hello(token, 0))).as("the real worker still gets through").isFalse();
  }
}
