package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
      new RpcDriverEnd(token, new ContributionShape[] {SHAPE, SHAPE});
  private final List<Throwable> refusals = new ArrayList<>();

  private final RpcResponseCallback callback =
      new RpcResponseCallback() {
        @Override
        public void onSuccess(ByteBuffer response) {}

        @Override
        public void onFailure(Throwable failure) {
          refusals.add(failure);
        }
      };

  private boolean refuses(ByteBuffer message) {
    int before = refusals.size();
    EmbeddedChannel channel = new EmbeddedChannel();
    TransportClient client = new TransportClient(channel, new TransportResponseHandler(channel));
    driver.receive(client, message, callback);
    return refusals.size() > before && !channel.isOpen();
  }

  private ByteBuffer hello(RpcToken with, int worker) {
    ByteBuffer buffer = RpcMessages.answerBuffer(SHAPE);
    RpcMessages.writeAnswer(buffer, with, worker, RpcMessages.NONE, null);
    return buffer;
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

  @Test
  void noMutatedMessageIsTakenForAnAnswer() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      ByteBuffer valid = hello(token, 0);
      byte[] bytes = new byte[valid.remaining() + random.nextInt(4)];
      valid.get(bytes, 0, valid.limit());
      bytes[random.nextInt(valid.limit())] ^= (byte) (1 << random.nextInt(8));
      ByteBuffer message = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));
      boolean worker1 = message.remaining() == valid.limit() && message.get(16) == 1;
      if (!worker1) {
        assertThat(refuses(message)).as("seed %d, message %d", SEED, i).isTrue();
      }
    }
    assertThat(refuses(hello(token, 0))).as("the real worker still gets through").isFalse();
  }
}
