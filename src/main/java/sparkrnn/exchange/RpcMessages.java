package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The messages of the RPC exchange, little endian.
 *
 * <pre>
 *   worker to driver   long long token | int worker | int answered round | int sums
 *                      | double[] losses | double[] measures | float[] states
 *                      | float[] sums, one array after the other
 *        first call    round -1, sums 0 | Spark's name of the executor and, on a line of its own,
 *                      "host:port" where other workers reach it, if they do; UTF-8
 *        connected     round -3, sums 0: to all other workers
 *        heartbeat     round -2, sums 0, one-way
 *   driver to worker   int round (-1: the fit is over) | int kind | int epoch | int batch
 *                      | float scale | int parts | double[] arguments | float[] parameters
 *                      | float[] states | float[] part, if parts is 1
 *        roster        round -3 | "host:port" of every worker, one a line, UTF-8
 * </pre>
 *
 * <p>Every length is known to both ends beforehand; a message of another length is refused unread.
 */
final class RpcMessages {

  /** In the place of a round's number: none yet, or none any more. */
  static final int NONE = -1;

  /** In the place of a round's number: the worker is alive. */
  static final int HEARTBEAT = -2;

  /** In the place of a round's number: where the other workers are. */
  static final int ROSTER = -3;

  private static final int HEADER = 2 * Long.BYTES + 3 * Integer.BYTES;
  private static final int ROUND_HEADER = 5 * Integer.BYTES + Float.BYTES;

  /** After the number of the round. */
  private static final int PARTS_AT = 3 * Integer.BYTES + Float.BYTES;

  private static final int EXECUTOR_BYTES = 512;

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
        + (long) Double.BYTES * (shape.losses() + shape.measures())
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

  /**
   * The first message of a worker.
   *
   * @param address where other workers reach it; empty if they don't
   */
  static ByteBuffer introduction(RpcToken token, int worker, String executor, String address) {
    String lines = address.isEmpty() ? executor : executor + "\n" + address;
    byte[] name = lines.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = allocate(HEADER + name.length);
    token.write(buffer);
    return buffer.putInt(worker).putInt(NONE).putInt(0).put(name).flip();
  }

  /** A sign of life. */
  static ByteBuffer heartbeat(RpcToken token, int worker) {
    return header(token, worker, HEARTBEAT);
  }

  /** What a worker answers to the roster. */
  static ByteBuffer connected(RpcToken token, int worker) {
    return header(token, worker, ROSTER);
  }

  private static ByteBuffer header(RpcToken token, int worker, int round) {
    ByteBuffer buffer = allocate(HEADER);
    token.write(buffer);
    return buffer.putInt(worker).putInt(round).putInt(0).flip();
  }

  /** Tells every worker where all of them are. */
  static ByteBuffer roster(List<String> addresses) {
    byte[] lines = String.join("\n", addresses).getBytes(StandardCharsets.UTF_8);
    return allocate((long) Integer.BYTES + lines.length).putInt(ROSTER).put(lines).flip();
  }

  /** What follows the number of a roster. */
  static List<String> readRoster(ByteBuffer message) {
    return readText(message).lines().toList();
  }

  /** Writes an answer; the buffer is left ready to be sent. */
  static void writeAnswer(
      ByteBuffer buffer, RpcToken token, int worker, int round, Contribution contribution) {
    int sums = contribution.hasSums ? contribution.sums.length : 0;
    buffer.clear();
    token.write(buffer);
    buffer.putInt(worker).putInt(round).putInt(sums);
    putDoubles(buffer, contribution.losses);
    putDoubles(buffer, contribution.measures);
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
    if (header.round() == ROSTER) {
      return header.sums() == 0 && !message.hasRemaining();
    }
    return (header.sums() == 0 || header.sums() == shape.sums())
        && message.remaining() == answerBytes(shape, header.sums()) - HEADER;
  }

  /** What follows the header of an introduction: the executor and where others reach it. */
  static String[] readIntroduction(ByteBuffer message) {
    String[] lines = readText(message).split("\n", 2);
    return lines.length == 2 ? lines : new String[] {lines[0], ""};
  }

  private static String readText(ByteBuffer message) {
    byte[] text = new byte[message.remaining()];
    message.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Overwrites the contribution with what follows the header. */
  static void readContribution(ByteBuffer message, Header header, Contribution into) {
    getDoubles(message, into.losses);
    getDoubles(message, into.measures);
    getFloats(message, into.states);
    into.hasSums = header.sums() > 0;
    for (int i = 0; i < header.sums(); i++) {
      getFloats(message, into.sums[i]);
    }
  }

  private static long roundBytes(
      int argumentCount, int parameterCount, int stateCount, int partCount) {
    return ROUND_HEADER
        + (long) Double.BYTES * argumentCount
        + Float.BYTES * ((long) parameterCount + stateCount + partCount);
  }

  /** A buffer for rounds; one that has parts as well for those of one worker. */
  static ByteBuffer roundBuffer(WorkerProgram<?> program, int partCount) {
    return allocate(
        roundBytes(
            program.argumentCount(), program.parameterCount(), program.stateCount(), partCount));
  }

  static void writeRound(ByteBuffer buffer, int number, Round round) {
    buffer.clear();
    buffer.putInt(number).putInt(round.kind).putInt(round.epoch).putInt(round.batch);
    buffer.putFloat(round.scale).putInt(round.hasParts ? 1 : 0);
    putDoubles(buffer, round.arguments);
    putFloats(buffer, round.parameters);
    putFloats(buffer, round.states);
    buffer.flip();
  }

  /** Adds the part of a worker to a round of its own, {@link #writeRound} being done. */
  static void writePart(ByteBuffer buffer, int worker, RoundParts parts) {
    int at = buffer.limit();
    buffer.clear().position(at);
    parts.write(worker, buffer.asFloatBuffer());
    buffer.rewind();
  }

  /** The message that ends a fit. */
  static ByteBuffer farewell() {
    return allocate(Integer.BYTES).putInt(NONE).flip();
  }

  /**
   * Overwrites the round and returns its number, or {@link #NONE} where the fit is over, or {@link
   * #ROSTER} and changes nothing where {@link #readRoster} is to follow.
   *
   * @throws ExchangeException if the message has another length than it must have
   */
  static int readRound(ByteBuffer message, Round into) {
    message.order(ByteOrder.LITTLE_ENDIAN);
    int number = message.remaining() < Integer.BYTES ? NONE : message.getInt();
    if (number == NONE || number == ROSTER) {
      return number;
    }
    boolean hasParts =
        message.remaining() >= ROUND_HEADER - Integer.BYTES
            && message.getInt(message.position() + PARTS_AT) == 1;
    long expected =
        roundBytes(
                into.arguments.length,
                into.parameters.length,
                into.states.length,
                hasParts ? into.part.length : 0)
            - Integer.BYTES;
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
    into.hasParts = message.getInt() == 1;
    getDoubles(message, into.arguments);
    getFloats(message, into.parameters);
    getFloats(message, into.states);
    if (into.hasParts) {
      getFloats(message, into.part);
    }
    return number;
  }

  private static void putDoubles(ByteBuffer buffer, double[] values) {
    for (double value : values) {
      buffer.putDouble(value);
    }
  }

  private static void getDoubles(ByteBuffer buffer, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getDouble();
    }
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
