package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The messages of the RPC exchange, little endian.
 *
 * <pre>
 *   worker to driver   long long token | int worker | int answered round | int sums
 *                      | double[] losses | float[] states
 *                      | float[] sums, one array after the other
 *        first call    round -1, sums 0 | Spark's name of the executor, UTF-8
 *        heartbeat     round -2, sums 0, one-way
 *   driver to worker   int round (-1: the fit is over) | int kind | int epoch | int batch
 *                      | float scale | float[] parameters | float[] states
 * </pre>
 *
 * <p>Every length is known to both ends beforehand; a message of another length is refused unread.
 */
final class RpcMessages {

  /** In the place of a round's number: none yet, or none any more. */
  static final int NONE = -1;

  /** In the place of a round's number: the worker is alive. */
  static final int HEARTBEAT = -2;

  private static final int HEADER = 2 * Long.BYTES + 3 * Integer.BYTES;
  private static final int ROUND_HEADER = 4 * Integer.BYTES + Float.BYTES;
  private static final int EXECUTOR_BYTES = 256;

  private RpcMessages() {}

  private static ByteBuffer allocate(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "exchange \"rpc\": a message of a training step would have %d bytes; at most %d can be sent at once. Make the network smaller.",
              size,
              Integer.MAX_VALUE));
    }
    return ByteBuffer.allocateDirect((int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long answerBytes(ContributionShape shape, int sums) {
    return HEADER
        + (long) Double.BYTES * shape.losses()
        + (long) Float.BYTES * shape.states()
        + (long) Float.BYTES * sums * shape.parameters();
  }

  /** The most bytes that a worker of one of these shapes may send at once. */
  static long longestAnswer(ContributionShape[] shapes) {
    long longest = HEADER + EXECUTOR_BYTES;
    for (ContributionShape shape : shapes) {
      longest = Math.max(longest, answerBytes(shape, shape.sums()));
    }
    return longest;
  }

  /** A buffer for every answer of a worker. */
  static ByteBuffer answerBuffer(ContributionShape shape) {
    return allocate(answerBytes(shape, shape.sums()));
  }

  /** The first message of a worker. */
  static ByteBuffer introduction(RpcToken token, int worker, String executor) {
    byte[] name = executor.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = allocate(HEADER + name.length);
    token.write(buffer);
    return buffer.putInt(worker).putInt(NONE).putInt(0).put(name).flip();
  }

  /** A sign of life. */
  static ByteBuffer heartbeat(RpcToken token, int worker) {
    ByteBuffer buffer = allocate(HEADER);
    token.write(buffer);
    return buffer.putInt(worker).putInt(HEARTBEAT).putInt(0).flip();
  }

  /** Writes an answer; the buffer is left ready to be sent. */
  static void writeAnswer(
      ByteBuffer buffer, RpcToken token, int worker, int round, Contribution contribution) {
    int sums = contribution.hasSums ? contribution.sums.length : 0;
    buffer.clear();
    token.write(buffer);
    buffer.putInt(worker).putInt(round).putInt(sums);
    for (double loss : contribution.losses) {
      buffer.putDouble(loss);
    }
    putFloats(buffer, contribution.states);
    for (int i = 0; i < sums; i++) {
      putFloats(buffer, contribution.sums[i]);
    }
    buffer.flip();
  }

  /** The fixed part of what a worker sends. */
  record Header(int worker, int round, int sums) {}

  /**
   * Reads the fixed part, or returns null where the token is another, there is no such worker or
   * the message is too short.
   */
  static Header readHeader(ByteBuffer message, RpcToken token, int workers) {
    message.order(ByteOrder.LITTLE_ENDIAN);
    if (message.remaining() < HEADER || !token.matches(message)) {
      return null;
    }
    Header header = new Header(message.getInt(), message.getInt(), message.getInt());
    return header.worker() >= 0 && header.worker() < workers ? header : null;
  }

  /** Whether what follows the header has the length that it must have. */
  static boolean fits(ByteBuffer message, Header header, ContributionShape shape) {
    if (header.round() == NONE) {
      return header.sums() == 0 && message.hasRemaining() && message.remaining() <= EXECUTOR_BYTES;
    }
    return (header.sums() == 0 || header.sums() == shape.sums())
        && message.remaining() == answerBytes(shape, header.sums()) - HEADER;
  }

  /** What follows the header of an introduction. */
  static String readExecutor(ByteBuffer message) {
    byte[] name = new byte[message.remaining()];
    message.get(name);
    return new String(name, StandardCharsets.UTF_8);
  }

  /** Overwrites the contribution with what follows the header. */
  static void readContribution(ByteBuffer message, Header header, Contribution into) {
    for (int i = 0; i < into.losses.length; i++) {
      into.losses[i] = message.getDouble();
    }
    getFloats(message, into.states);
    into.hasSums = header.sums() > 0;
    for (int i = 0; i < header.sums(); i++) {
      getFloats(message, into.sums[i]);
    }
  }

  static long roundBytes(int parameterCount, int stateCount) {
    return ROUND_HEADER + Float.BYTES * ((long) parameterCount + stateCount);
  }

  static ByteBuffer roundBuffer(int parameterCount, int stateCount) {
    return allocate(roundBytes(parameterCount, stateCount));
  }

  static void writeRound(ByteBuffer buffer, int number, Round round) {
    buffer.clear();
    buffer.putInt(number).putInt(round.kind).putInt(round.epoch).putInt(round.batch);
    buffer.putFloat(round.scale);
    putFloats(buffer, round.parameters);
    putFloats(buffer, round.states);
    buffer.flip();
  }

  /** The message that ends a fit. */
  static ByteBuffer farewell() {
    return allocate(Integer.BYTES).putInt(NONE).flip();
  }

  /**
   * Overwrites the round and returns its number, or {@link #NONE} where the fit is over.
   *
   * @throws ExchangeException if the message has another length than it must have
   */
  static int readRound(ByteBuffer message, Round into) {
    message.order(ByteOrder.LITTLE_ENDIAN);
    int number = message.remaining() < Integer.BYTES ? NONE : message.getInt();
    if (number == NONE) {
      return NONE;
    }
    long expected = roundBytes(into.parameters.length, into.states.length) - Integer.BYTES;
    if (message.remaining() != expected) {
      throw new ExchangeException(
          String.format(
              Locale.ROOT,
              "The driver sent %d bytes for a round; %d are needed. Driver and executors must run the same version of this library.",
              message.remaining(),
              expected));
    }
    into.kind = message.getInt();
    into.epoch = message.getInt();
    into.batch = message.getInt();
    into.scale = message.getFloat();
    getFloats(message, into.parameters);
    getFloats(message, into.states);
    return number;
  }

  private static void putFloats(ByteBuffer buffer, float[] values) {
    buffer.asFloatBuffer().put(values);
    buffer.position(buffer.position() + Float.BYTES * values.length);
  }

  private static void getFloats(ByteBuffer buffer, float[] values) {
    buffer.asFloatBuffer().get(values);
    buffer.position(buffer.position() + Float.BYTES * values.length);
  }
}
