package sparkrnn.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;

/** What a hostile neighbour sends to the port of an exchange: whole frames of Spark and less. */
final class Frames {

  static final int CALL = 3;
  static final int ONE_WAY = 9;
  private static final int KINDS = 8;

  private final RpcToken token;
  private final ContributionShape shape;

  /** Frames around messages of a fit whose token is known, so that all else can be wrong alone. */
  Frames(RpcToken token, ContributionShape shape) {
    this.token = token;
    this.shape = shape;
  }

  /** A frame as Spark writes it. */
  static byte[] frame(int type, ByteBuffer body) {
    int call = type == CALL ? Long.BYTES : 0;
    ByteBuffer frame =
        ByteBuffer.allocate(Long.BYTES + 1 + call + Integer.BYTES + body.remaining());
    frame.putLong(frame.capacity()).put((byte) type);
    if (call > 0) {
      frame.putLong(1);
    }
    frame.putInt(body.remaining()).put(body);
    return frame.array();
  }

  private byte[] answer(RpcToken with, int worker, int round) {
    ByteBuffer message = RpcMessages.answerBuffer(shape);
    Contribution contribution = new Contribution(shape);
    contribution.hasSums = true;
    RpcMessages.writeAnswer(message, with, worker, round, contribution);
    return frame(CALL, message);
  }

  /** Never what the exchange waits for from this connection, whatever the random numbers. */
  byte[] malformed(Random random, int workers) {
    int worker = random.nextInt(workers);
    return switch (random.nextInt(KINDS)) {
      case 0 -> answer(RpcToken.random(), worker, random.nextInt(50));
      // All of it right but for the connection that it comes from.
      case 1 -> answer(token, worker, random.nextInt(50));
      case 2 -> answer(token, random.nextInt(), random.nextInt());
      case 3 -> frame(CALL, RpcMessages.introduction(token, worker, "stolen", ""));
      case 4 -> frame(ONE_WAY, RpcMessages.heartbeat(token, worker));
      case 5 -> truncated(random, answer(token, worker, random.nextInt(50)));
      case 6 -> flipped(random, answer(token, worker, random.nextInt(50)));
      default -> noise(random);
    };
  }

  static byte[] truncated(Random random, byte[] frame) {
    return java.util.Arrays.copyOf(frame, random.nextInt(frame.length));
  }

  /** Some bits of a frame, in its lengths more often than its share. */
  static byte[] flipped(Random random, byte[] frame) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int place = random.nextInt(random.nextBoolean() ? Math.min(64, frame.length) : frame.length);
      frame[place] ^= (byte) (1 << random.nextInt(8));
    }
    return frame;
  }

  static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Sends some messages over one new connection, and says how many were taken off it. */
  static int send(int port, byte[]... messages) throws IOException {
    int sent = 0;
    try (Socket socket = new Socket()) {
      // No connection stays behind: there are more of them than ports.
      socket.setSoLinger(true, 0);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      for (byte[] message : messages) {
        try {
          socket.getOutputStream().write(message);
        } catch (IOException dropped) {
          return sent;
        }
        sent++;
      }
    }
    return sent;
  }
}
