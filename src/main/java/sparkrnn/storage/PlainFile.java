package sparkrnn.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files for browsers and other programs, on any Hadoop file system. On local disks Hadoop would
 * leave a checksum file beside each, which is nothing to those.
 */
public final class PlainFile {

  private PlainFile() {}

  /** The file system of a path, without checksum files. */
  public static FileSystem system(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /** Writes a text as UTF-8, in place of the file that is there. */
  public static void replace(Path path, Configuration hadoop, String text) throws IOException {
    try (OutputStream out = StoredStream.create(system(path, hadoop), path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
