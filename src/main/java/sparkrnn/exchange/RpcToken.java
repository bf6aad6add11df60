package sparkrnn.exchange;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** 128 random bits that only the workers of one fit know. Never printed. */
final class RpcToken implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long high;
  private final long low;

  private RpcToken(long high, long low) {
    this.high = high;
    this.low = low;
  }

  static RpcToken random() {
    SecureRandom random = new SecureRandom();
    return new RpcToken(random.nextLong(), random.nextLong());
  }

  void write(ByteBuffer buffer) {
    buffer.putLong(high).putLong(low);
  }

  /** Reads a token and compares it in a time that does not depend on where it differs. */
  boolean matches(ByteBuffer buffer) {
    return ((buffer.getLong() ^ high) | (buffer.getLong() ^ low)) == 0;
  }
}
