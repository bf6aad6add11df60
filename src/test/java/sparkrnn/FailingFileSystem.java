package sparkrnn;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local disk behind "failing:/..." paths, without checksum files, that fails on demand. */
public final class FailingFileSystem extends RawLocalFileSystem {

  private static final URI NAME = URI.create("failing:///");

  /** What can fail. */
  public enum Act {
    CREATE,
    /** After some bytes. */
    WRITE,
    /** The same as Hadoop's local file system tells of it: by an Error. */
    DISK_FULL,
    CLOSE,
    RENAME,
    /** A rename that answers false. */
    RENAME_REFUSED,
    DELETE,
    LIST,
    MKDIRS,
    OPEN
  }

  /** What fails: an act on paths that contain a text, for the bytes and times that are left. */
  private record Fault(Act act, String text, int bytes, AtomicInteger times) {

    boolean strikes(Act done, Path path) {
      return act == done && path.toString().contains(text) && times.getAndDecrement() > 0;
    }
  }

  private static volatile Fault fault;

  /** Makes Hadoop find it. */
  public static void register(Configuration conf) {
    conf.set("fs.failing.impl", FailingFileSystem.class.getName());
  }

  /** From now on the act fails on every path that contains the text. */
  public static void fail(Act act, String text) {
    fail(act, text, Integer.MAX_VALUE);
  }

  /** From now on the act fails so many times on paths that contain the text. */
  public static void fail(Act act, String text, int times) {
    fault = new Fault(act, text, 100, new AtomicInteger(times));
  }

  /** From now on nothing fails. */
  public static void heal() {
    fault = null;
  }

  private static boolean strikes(Act act, Path path) {
    Fault now = fault;
    return now != null && now.strikes(act, path);
  }

  private static void check(Act act, Path path) throws IOException {
    if (strikes(act, path)) {
      throw new IOException("no " + act + " of " + path.getName() + " today");
    }
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return NAME.getScheme();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    check(Act.CREATE, path);
    FSDataOutputStream out =
        super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new FailingStream(out, path), null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    check(Act.RENAME, to);
    return !strikes(Act.RENAME_REFUSED, to) && super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    check(Act.DELETE, path);
    return super.delete(path, recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    check(Act.LIST, path);
    FileStatus[] listed = super.listStatus(path);
    for (int i = 0; i < listed.length; i++) {
      listed[i] = plain(listed[i]);
    }
    return listed;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  /** That of Hadoop 3.3 asks the disk for permissions, by a path that must begin with file. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    check(Act.MKDIRS, path);
    return super.mkdirs(path);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    check(Act.MKDIRS, path);
    return super.mkdirs(path, permission);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (strikes(Act.OPEN, path)) {
      throw new FileNotFoundException("no OPEN of " + path.getName() + " today");
    }
    return super.open(path, bufferSize);
  }

  private static final class FailingStream extends OutputStream {

    private final OutputStream out;
    private final Path path;
    private int written;

    FailingStream(OutputStream out, Path path) {
      this.out = out;
      this.path = path;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      Fault now = fault;
      if (now != null && written + count > now.bytes()) {
        check(Act.WRITE, path);
        if (strikes(Act.DISK_FULL, path)) {
          throw diskFull();
        }
      }
      out.write(bytes, offset, count);
      written += count;
    }

    /** Only Hadoop itself can make one in the plain way. */
    private static FSError diskFull() {
      try {
        Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
        constructor.setAccessible(true);
        return constructor.newInstance(new IOException("No space left on device"));
      } catch (ReflectiveOperationException changed) {
        throw new IllegalStateException(changed);
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
      check(Act.CLOSE, path);
    }
  }
}
