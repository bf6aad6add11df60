package sparkrnn.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of an array that one worker sends to others in every training step, with its buffer. The
 * messages between workers, little endian:
 *
 * <pre>
 *   hello, a call      long long token | int worker | int -1
 *   parcel, one-way    long long token | int worker | int array | int at | float[] or bfloat16[]
 *       array -2       parameters; at counts from the begin of the flat array
 *       array s        partial sum s of the worker; at counts from the begin of the receiver's slice
 * </pre>
 *
 * <p>The buffer may be used again in the next step: nobody begins that before everybody has all of
 * this one.
 */
final class Parcel {

  static final int HELLO = -1;
  static final int PARAMETERS = -2;

  /** Numbers in a message: large enough that its frame costs little, small enough for caches. */
  static final int MOST = 1 << 15;

  private static final int TOKEN_BYTES = 2 * Long.BYTES;
  private static final int HELLO_BYTES = TOKEN_BYTES + 2 * Integer.BYTES;
  private static final int HEADER = HELLO_BYTES + Integer.BYTES;

  /** The longest message. */
  static final int LONGEST = HEADER + Float.BYTES * MOST;

  private final ByteBuffer message;
  private final int from;
  private final int count;
  private final boolean bfloat16;

  private Parcel(ByteBuffer message, int from, int count, boolean bfloat16) {
    this.message = message;
    this.from = from;
    this.count = count;
    this.bfloat16 = bfloat16;
  }

  /** The first message to another worker. */
  static ByteBuffer hello(RpcToken token, int worker) {
    ByteBuffer buffer = ByteBuffer.allocate(HELLO_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    token.write(buffer);
    return buffer.putInt(worker).putInt(HELLO).flip();
  }

  /**
   * The parcels of a part of a flat array.
   *
   * @param from where the part begins in the array
   * @param length of the part
   * @param at where it begins for the receiver
   */
  static List<Parcel> of(
      ByteBuffer head, int array, int from, int length, int at, boolean bfloat16) {
    List<Parcel> parcels = new ArrayList<>();
    for (int done = 0; done < length; done += MOST) {
      int count = Math.min(MOST, length - done);
      int bytes = HEADER + count * (bfloat16 ? Short.BYTES : Float.BYTES);
      ByteBuffer message = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
      message.put(head.duplicate()).putInt(array).putInt(at + done);
      parcels.add(new Parcel(message.clear(), from + done, count, bfloat16));
    }
    return parcels;
  }

  /** What every parcel of a worker begins with. */
  static ByteBuffer head(RpcToken token, int worker) {
    ByteBuffer buffer =
        ByteBuffer.allocate(TOKEN_BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    token.write(buffer);
    return buffer.putInt(worker).flip();
  }

  /** What was loaded last. */
  ByteBuffer message() {
    return message;
  }

  /** The message with the present numbers of the array. */
  ByteBuffer load(float[] array) {
    ByteBuffer numbers = message.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
    if (bfloat16) {
      Bfloat16.put(numbers.asShortBuffer(), array, from, count);
    } else {
      numbers.asFloatBuffer().put(array, from, count);
    }
    return message;
  }

  /** The fixed part of what a worker sends to another; null where it can't be one. */
  record Header(int worker, int array, int at) {

    static Header read(ByteBuffer message, RpcToken token, int workers) {
      message.order(ByteOrder.LITTLE_ENDIAN);
      if (message.remaining() < HELLO_BYTES || !token.matches(message)) {
        return null;
      }
      int worker = message.getInt();
      int array = message.getInt();
      int at = message.remaining() < Integer.BYTES ? 0 : message.getInt();
      return worker >= 0 && worker < workers ? new Header(worker, array, at) : null;
    }
  }

  /** How many numbers follow the header; -1 if no whole number of them does. */
  static int count(ByteBuffer message, boolean bfloat16) {
    int width = bfloat16 ? Short.BYTES : Float.BYTES;
    return message.remaining() % width == 0 ? message.remaining() / width : -1;
  }

  /** Overwrites numbers of an array with those that follow the header. */
  static void unload(ByteBuffer message, boolean bfloat16, float[] array, int at, int count) {
    if (bfloat16) {
      Bfloat16.get(message.asShortBuffer(), array, at, count);
    } else {
      message.asFloatBuffer().get(array, at, count);
    }
  }
}
