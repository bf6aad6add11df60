package sparkrnn.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import sparkrnn.storage.PlainFile;
import sparkrnn.storage.StoredStream;

/**
 * A file of TFRecords on any Hadoop file system: each its length (8 bytes, little-endian), the
 * masked CRC-32C of the length (4), the record, the masked CRC-32C of the record (4).
 */
final class EventFile implements Closeable {

  private static final int MASK = 0xa282ead8;

  private final StoredStream out;

  /** Makes a file of a new name in the directory, which is made too. */
  EventFile(Path directory, Configuration hadoop, double seconds) throws IOException {
    // TensorBoard would take Hadoop's checksum file for one of its own.
    FileSystem plain = PlainFile.system(directory, hadoop);
    String name =
        String.format(
            Locale.ROOT,
            "events.out.tfevents.%010d.spark-rnn.%s",
            (long) seconds,
            UUID.randomUUID().toString().substring(0, 8));
    out = StoredStream.create(plain, new Path(directory, name), false);
    append(EventEncoder.version(seconds));
  }

  /** Writes a record, and makes it visible to readers where the file system can. */
  void append(byte[] data) throws IOException {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    out.write(length);
    out.write(checksum(length));
    out.write(data);
    out.write(checksum(data));
    out.publish();
  }

  private static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
