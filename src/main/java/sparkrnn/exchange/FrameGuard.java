package sparkrnn.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Stands before Spark's frame decoder on every connection to the driver, because that one gathers
 * whatever length a peer announces, up to two gigabytes. Until a peer has shown the token of the
 * fit its frames must be small, and it must show it soon; afterwards no frame may be longer than
 * the longest answer. Only calls and one-way messages get through. Anything else ends the
 * connection.
 *
 * <p>A frame of Spark is <code>long length, itself included | byte type | long call, in calls only
 * | int bytes that follow | ...</code>, big endian.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {

  /** The longest frame of Spark's own authentication has a few hundred bytes. */
  static final int STRANGER_BYTES = 4096;

  /** Around the body of a message. */
  static final int ENVELOPE_BYTES = 64;

  private static final int PREFIX = Long.BYTES + 1;
  private static final int CALL = 3;
  private static final int ONE_WAY = 9;
  private static final int CALL_BYTES = Long.BYTES + 1 + Long.BYTES + Integer.BYTES;
  private static final int ONE_WAY_BYTES = Long.BYTES + 1 + Integer.BYTES;

  private final long strangerMillis;
  private long longest = STRANGER_BYTES;
  private boolean trusted;
  private boolean refused;
  private long announced;
  private int prefixBytes;
  private long left;
  private ScheduledFuture<?> deadline;

  /** A guard that gives a stranger so long to show the token. */
  FrameGuard(long strangerMillis) {
    this.strangerMillis = strangerMillis;
  }

  /** Lets longer frames through from now on; called in the thread of the connection. */
  void trust(long longestFrame) {
    trusted = true;
    longest = longestFrame;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  if (!trusted) {
                    ChannelFuture unused = context.close();
                  }
                },
                strangerMillis,
                TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.cancel(false);
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (!refused && passes(bytes)) {
      context.fireChannelRead(bytes);
      return;
    }
    bytes.release();
    if (!refused) {
      refused = true;
      ChannelFuture unused = context.close();
    }
  }

  /** A stranger that hangs up is nobody's concern; Spark would write each into the log. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (trusted) {
      context.fireExceptionCaught(cause);
    } else {
      ChannelFuture unused = context.close();
    }
  }

  private boolean passes(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    boolean passes = true;
    while (passes && at < end) {
      if (left > 0) {
        long skipped = Math.min(left, end - at);
        left -= skipped;
        at += (int) skipped;
      } else if (prefixBytes < Long.BYTES) {
        passes = readLength(bytes.getUnsignedByte(at++));
      } else {
        passes = readType(bytes.getByte(at++));
      }
    }
    return passes;
  }

  private boolean readLength(int next) {
    announced = announced << Byte.SIZE | next;
    prefixBytes++;
    return prefixBytes < Long.BYTES || (announced >= ONE_WAY_BYTES && announced <= longest);
  }

  private boolean readType(int type) {
    if (type != ONE_WAY && (type != CALL || announced < CALL_BYTES)) {
      return false;
    }
    left = announced - PREFIX;
    announced = 0;
    prefixBytes = 0;
    return true;
  }
}
