package sparkrnn.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** If these fail, a stranger fills the driver's memory, or a worker's honest message is refused. */
class FrameGuardTest {

  private static final long SEED = Long.getLong("seed", 5);
  private static final int STRANGER_MILLIS = 1_000;

  private final FrameGuard guard = new FrameGuard(STRANGER_MILLIS);
  private final EmbeddedChannel channel = new EmbeddedChannel(guard);

  private boolean passes(byte[] bytes) {
    return channel.writeInbound(Unpooled.wrappedBuffer(bytes)) && channel.isOpen();
  }

  private static byte[] call(int bodyBytes) {
    return Frames.frame(Frames.CALL, ByteBuffer.allocate(bodyBytes));
  }

  @Test
  void framesInAnyPiecesComeThroughWhole() {
    Random random = new Random(SEED);
    guard.trust(500);
    long sent = 0;
    for (int i = 0; i < 500; i++) {
      byte[] frame = call(random.nextInt(400));
      for (int at = 0; at < frame.length; ) {
        int piece = Math.min(frame.length - at, 1 + random.nextInt(30));
        assertThat(passes(java.util.Arrays.copyOfRange(frame, at, at + piece)))
            .as("seed %d, frame %d", SEED, i)
            .isTrue();
        at += piece;
        sent += piece;
      }
    }
    long received = 0;
    for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
      received += piece.readableBytes();
      piece.release();
    }
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void longFramesNeedTrust() {
    assertThat(passes(call(FrameGuard.STRANGER_BYTES - 21))).isTrue();
    guard.trust(10_000);
    assertThat(passes(call(9_000))).isTrue();
    assertThat(passes(call(10_000))).isFalse();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aStrangersLongFrameEndsTheConnection() {
    assertThat(passes(call(FrameGuard.STRANGER_BYTES))).isFalse();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void lengthsThatCanNotBeEndTheConnection() {
    for (long length : new long[] {0, -1, 8, 20, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32}) {
      EmbeddedChannel another = new EmbeddedChannel(new FrameGuard(STRANGER_MILLIS));
      byte[] frame = ByteBuffer.allocate(21).putLong(length).put((byte) Frames.CALL).array();
      another.writeInbound(Unpooled.wrappedBuffer(frame));
      assertThat(another.isOpen()).as("length %d", length).isFalse();
    }
  }

  @Test
  void aLengthIsJudgedBeforeWhatFollowsIt() {
    byte[] length = ByteBuffer.allocate(8).putLong(1L << 30).array();
    assertThat(passes(length)).isFalse();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aStrangerThatBreaksOffIsForgottenAndAWorkerIsNot() {
    channel.pipeline().fireExceptionCaught(new java.io.IOException("reset"));
    channel.checkException();
    assertThat(channel.isOpen()).isFalse();
    EmbeddedChannel worker = new EmbeddedChannel(guard(true));
    worker.pipeline().fireExceptionCaught(new java.io.IOException("reset"));
    assertThatThrownBy(worker::checkException).hasMessage("reset");
  }

  private static FrameGuard guard(boolean trusted) {
    FrameGuard guard = new FrameGuard(STRANGER_MILLIS);
    if (trusted) {
      guard.trust(100);
    }
    return guard;
  }

  @Test
  void onlyCallsAndOneWayMessagesComeThrough() {
    for (int type = -1; type < 20; type++) {
      EmbeddedChannel another = new EmbeddedChannel(new FrameGuard(STRANGER_MILLIS));
      another.writeInbound(Unpooled.wrappedBuffer(Frames.frame(type, ByteBuffer.allocate(30))));
      assertThat(another.isOpen())
          .as("type %d", type)
          .isEqualTo(type == Frames.CALL || type == Frames.ONE_WAY);
    }
  }

  @Test
  void aStrangerThatSaysNothingIsDropped() {
    channel.advanceTimeBy(STRANGER_MILLIS + 1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aTrustedPeerMayBeSilent() {
    guard.trust(100);
    channel.advanceTimeBy(10 * STRANGER_MILLIS, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
  }
}
