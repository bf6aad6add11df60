package sparkrnn.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A new file on a Hadoop file system, whose every failure is an {@link IOException}.
 *
 * <p>Hadoop's local file system tells of a full disk by {@link FSError}, which is no exception and
 * would end the driver where storage that fails should cost one file.
 */
public final class StoredStream extends OutputStream {

  private final FSDataOutputStream out;

  private StoredStream(FSDataOutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param overwrite whether one that is there is replaced; else it fails
   */
  public static StoredStream create(FileSystem files, Path path, boolean overwrite)
      throws IOException {
    return new StoredStream(files.create(path, overwrite));
  }

  private interface Act {
    void run() throws IOException;
  }

  private static void run(Act act) throws IOException {
    try {
      act.run();
    } catch (FSError failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new IOException(cause.getMessage(), failed);
    }
  }

  @Override
  public void write(int value) throws IOException {
    run(() -> out.write(value));
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    run(() -> out.write(bytes, offset, count));
  }

  @Override
  public void flush() throws IOException {
    run(out::flush);
  }

  /** Makes what was written visible to readers; where the file system can't, it only flushes. */
  public void publish() throws IOException {
    run(out::hflush);
  }

  @Override
  public void close() throws IOException {
    run(out::close);
  }
}
