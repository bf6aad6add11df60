package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * The two messages of the RPC exchange, little endian.
 *
 * <pre>
 *   worker to driver   long long token | int worker | int answered round (-1: none yet) | int sums
 *                      | double[] losses | float[] states
 *                      | float[] sums, one array after the other
 *   driver to worker   int round (-1: the fit is over) | int kind | int epoch | int batch
 *                      | float scale | float[] parameters | float[] states
 * </pre>
 *
 * <p>Every length is known to both ends beforehand; a message of another length is refused unread.
 */
final class RpcMessages {

  static final int NONE = -1;
  private static final int ANSWER_HEADER = 2 * Long.BYTES + 3 * Integer.BYTES;
  private static final int ROUND_HEADER = 4 * Integer.BYTES + Float.BYTES;

  private RpcMessages() {}

  private static ByteBuffer allocate(long size) {
    return ByteBuffer.allocateDirect(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long answerBytes(ContributionShape shape, int sums) {
    return ANSWER_HEADER
        + (long) Double.BYTES * shape.losses()
        + (long) Float.BYTES * shape.states()
        + (long) Float.BYTES * sums * shape.parameters();
  }

  /** A buffer for every answer of a worker. */
  static ByteBuffer answerBuffer(ContributionShape shape) {
    return allocate(answerBytes(shape, shape.sums()));
  }

  /** Writes an answer; the buffer is left ready to be sent. */
  static void writeAnswer(
      ByteBuffer buffer, RpcToken token, int worker, int round, Contribution contribution) {
    int sums = contribution != null && contribution.hasSums ? contribution.sums.length : 0;
    buffer.clear();
    token.write(buffer);
    buffer.putInt(worker).putInt(round).putInt(sums);
    if (contribution != null) {
      for (double loss : contribution.losses) {
        buffer.putDouble(loss);
      }
      putFloats(buffer, contribution.states);
      for (int i = 0; i < sums; i++) {
        putFloats(buffer, contribution.sums[i]);
      }
    }
    buffer.flip();
  }

  /** The fixed part of an answer. */
  record AnswerHeader(int worker, int round, int sums) {}

  /** Reads the fixed part, or returns null where the token is another or the message too short. */
  static AnswerHeader readAnswerHeader(ByteBuffer message, RpcToken token) {
    message.order(ByteOrder.LITTLE_ENDIAN);
    if (message.remaining() < ANSWER_HEADER || !token.matches(message)) {
      return null;
    }
    return new AnswerHeader(message.getInt(), message.getInt(), message.getInt());
  }

  /** Whether what follows the header has the length that it must have. */
  static boolean fits(ByteBuffer message, AnswerHeader header, ContributionShape shape) {
    if (header.round() == NONE) {
      return header.sums() == 0 && message.remaining() == 0;
    }
    return (header.sums() == 0 || header.sums() == shape.sums())
        && message.remaining() == answerBytes(shape, header.sums()) - ANSWER_HEADER;
  }

  /** Overwrites the contribution with what follows the header. */
  static void readContribution(ByteBuffer message, AnswerHeader header, Contribution into) {
    for (int i = 0; i < into.losses.length; i++) {
      into.losses[i] = message.getDouble();
    }
    getFloats(message, into.states);
    into.hasSums = header.sums() > 0;
    for (int i = 0; i < header.sums(); i++) {
      getFloats(message, into.sums[i]);
    }
  }

  static ByteBuffer roundBuffer(int parameterCount, int stateCount) {
    return allocate(ROUND_HEADER + Float.BYTES * ((long) parameterCount + stateCount));
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
    int floats = into.parameters.length + into.states.length;
    int expected = ROUND_HEADER - Integer.BYTES + Float.BYTES * floats;
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
