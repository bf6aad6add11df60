package sparkrnn.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import sparkrnn.safetensors.NamedTensor;
import sparkrnn.safetensors.SafetensorsReader;
import sparkrnn.safetensors.SafetensorsWriter;
import sparkrnn.storage.StoredStream;

/**
 * A {@link Checkpoint} as a safetensors file: its arrays, and its texts with a checksum in the
 * metadata.
 */
final class CheckpointFile {

  private static final String CHECKSUM = "checksum";
  private static final String UNFINISHED = ".unfinished";

  private CheckpointFile() {}

  /** What is written to a stream. */
  interface Content {

    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes a file beside and renames it, so that a torn one is never taken for it. What a failure
   * leaves of it is removed, for the next try may need the space.
   */
  static void writeWhole(FileSystem files, Path path, Content content) throws IOException {
    Path unfinished = new Path(path.getParent(), "." + path.getName() + UNFINISHED);
    try {
      try (OutputStream out = StoredStream.create(files, unfinished, true)) {
        content.to(out);
      }
      files.delete(path, false);
      if (!files.rename(unfinished, path)) {
        throw new IOException("could not rename " + unfinished + " to " + path);
      }
    } catch (IOException | RuntimeException failed) {
      remove(files, unfinished, failed);
      throw failed;
    }
  }

  private static void remove(FileSystem files, Path unfinished, Exception failed) {
    try {
      files.delete(unfinished, false);
    } catch (IOException left) {
      failed.addSuppressed(left);
    }
  }

  static void write(FileSystem files, Path path, Checkpoint checkpoint) throws IOException {
    Map<String, float[]> arrays = checkpoint.arrays();
    Map<String, String> text = checkpoint.text();
    text.put(CHECKSUM, Checkpoint.checksum(text, arrays));
    List<NamedTensor> tensors = new ArrayList<>();
    arrays.forEach(
        (name, array) -> tensors.add(new NamedTensor(name, List.of(array.length), array, 0)));
    writeWhole(files, path, out -> SafetensorsWriter.write(out, text, tensors));
  }

  /**
   * Takes over what a file holds; where it throws, nothing is changed.
   *
   * @param fit the one that goes on
   * @throws IOException if the file can't be read, is damaged, holds something else, or is of a
   *     later step than the fit's last one
   */
  static void read(FileSystem files, Path path, FitLength fit, Checkpoint into) throws IOException {
    Map<String, String> text;
    Map<String, float[]> arrays = new LinkedHashMap<>();
    try (InputStream in = files.open(path)) {
      SafetensorsReader reader = SafetensorsReader.open(in, files.getFileStatus(path).getLen());
      // Before any array is allocated.
      checkShapes(into.arrays(), reader.shapes());
      text = new LinkedHashMap<>(reader.metadata());
      for (NamedTensor tensor : reader.tensors()) {
        arrays.put(tensor.name(), tensor.values());
      }
    }
    try {
      String wanted = text.remove(CHECKSUM);
      if (!Checkpoint.checksum(text, arrays).equals(wanted)) {
        throw new IOException("its checksum is another; the file was damaged or edited");
      }
      checkNotBeyond(new CheckpointText(text), fit.maxIter());
      into.become(text, arrays, fit);
    } catch (IllegalArgumentException other) {
      throw new IOException("it is not a checkpoint of this fit: " + other.getMessage(), other);
    }
  }

  private static void checkShapes(Map<String, float[]> wanted, Map<String, List<Integer>> found)
      throws IOException {
    for (Map.Entry<String, float[]> array : wanted.entrySet()) {
      List<Integer> shape = List.of(array.getValue().length);
      if (!shape.equals(found.get(array.getKey()))) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "it is not a checkpoint of this fit: it has \"%s\" of shape %s; it must be %s",
                array.getKey(),
                found.getOrDefault(array.getKey(), List.of()),
                shape));
      }
    }
    if (found.size() != wanted.size()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "it is not a checkpoint of this fit: it has %d arrays; there must be %d",
              found.size(),
              wanted.size()));
    }
  }

  private static void checkNotBeyond(CheckpointText text, int maxIter) throws IOException {
    int epoch = text.wholeNumber("epoch", 0, Integer.MAX_VALUE);
    boolean inside = text.wholeNumber("batch", 0, Integer.MAX_VALUE) > 0;
    if (epoch > maxIter || (epoch == maxIter && inside)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "it is of epoch %d and maxIter is %d; it stays for a fit that is longer",
              inside ? epoch + 1 : epoch,
              maxIter));
    }
  }
}
