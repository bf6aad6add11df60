package sparkrnn.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.safetensors.SafetensorsHeader.Entry;

/**
 * Reads a safetensors file from a stream, front to back.
 *
 * <pre>
 *   8 bytes    H, the length of the header, little-endian, at most 100 000 000
 *   H bytes    the header, JSON
 *   the rest   float32, little-endian, row-major, one tensor after the other
 * </pre>
 *
 * <p>The header is read and checked against the size of the file by {@link #open}; then the data is
 * read once, by {@link #parameters} or {@link #tensors}. The stream is not closed.
 *
 * <p>Source: the format section of the safetensors README.
 */
public final class SafetensorsReader {

  private static final int LENGTH_BYTES = Long.BYTES;

  private final InputStream in;
  private final SafetensorsHeader header;
  private final byte[] chunk = new byte[1 << 16];
  private boolean read;

  private SafetensorsReader(InputStream in, SafetensorsHeader header) {
    this.in = in;
    this.header = header;
  }

  /**
   * Reads the header.
   *
   * @param sizeBytes of the whole file, as the file system tells it
   * @throws SafetensorsException if this is no safetensors file of this size with F32 tensors only
   * @throws IOException if the stream cannot be read
   */
  public static SafetensorsReader open(InputStream in, long sizeBytes) throws IOException {
    if (sizeBytes < LENGTH_BYTES) {
      throw new SafetensorsException(
          "the file has " + sizeBytes + " bytes; a safetensors file has at least 10.");
    }
    byte[] length = new byte[LENGTH_BYTES];
    readFully(in, length, LENGTH_BYTES);
    long headerBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long behind = sizeBytes - LENGTH_BYTES;
    if (headerBytes < 0 || headerBytes > Math.min(behind, SafetensorsHeader.MAX_BYTES)) {
      throw new SafetensorsException(
          "the header is said to have "
              + Long.toUnsignedString(headerBytes)
              + " bytes, in a file of "
              + sizeBytes
              + "; it must fit and have at most "
              + SafetensorsHeader.MAX_BYTES
              + ". The file is not whole or is no safetensors file.");
    }
    byte[] json = in.readNBytes((int) headerBytes);
    if (json.length < headerBytes) {
      throw endsEarly();
    }
    return new SafetensorsReader(in, SafetensorsHeader.parse(json, behind - headerBytes));
  }

  /** What the writer noted beside the tensors, text by name, in the order of the file. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The shapes of the tensors by their names, known before any of their numbers is read. */
  public Map<String, List<Integer>> shapes() {
    Map<String, List<Integer>> shapes = new HashMap<>();
    header.entries().forEach(entry -> shapes.put(entry.name(), entry.shape()));
    return shapes;
  }

  /**
   * Reads all tensors, each into its own array, in the order of their bytes.
   *
   * @throws SafetensorsException if the file ends before the size that was given
   * @throws IllegalStateException if the data was read before
   */
  public List<NamedTensor> tensors() throws IOException {
    beginData();
    List<NamedTensor> tensors = new ArrayList<>();
    for (Entry entry : header.entries()) {
      float[] values = new float[entry.size()];
      readFloats(values, 0, values.length);
      tensors.add(new NamedTensor(entry.name(), entry.shape(), values, 0));
    }
    return tensors;
  }

  /**
   * Reads the tensors of a layout into a new flat array.
   *
   * @return (P), all finite
   * @throws SafetensorsException if a tensor of the layout is missing in the file or has another
   *     shape, if the file has tensors besides, if a number is not finite, or if the file ends
   *     before the size that was given
   * @throws IllegalStateException if the data was read before
   */
  public float[] parameters(ParameterLayout layout) throws IOException {
    beginData();
    Map<String, ParameterLayout.Tensor> wanted = new HashMap<>();
    layout.tensors().forEach(tensor -> wanted.put(tensor.name(), tensor));
    checkNamesAndShapes(layout, wanted);
    float[] parameters = new float[layout.size()];
    for (Entry entry : header.entries()) {
      int offset = wanted.get(entry.name()).offset();
      readFloats(parameters, offset, entry.size());
      checkFinite(entry, parameters, offset);
    }
    return parameters;
  }

  private void beginData() {
    if (read) {
      throw new IllegalStateException(
          "the tensors of this file were read before; the stream is behind them. Open it again.");
    }
    read = true;
  }

  private void checkNamesAndShapes(
      ParameterLayout layout, Map<String, ParameterLayout.Tensor> wanted)
      throws SafetensorsException {
    Map<String, Entry> found = new HashMap<>();
    header.entries().forEach(entry -> found.put(entry.name(), entry));
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      Entry entry = found.get(tensor.name());
      String shape = NamedTensor.shapeText(tensor.shape());
      if (entry == null) {
        throw new SafetensorsException(
            SafetensorsHeader.quoted(tensor.name())
                + " is not in the file and has shape "
                + shape
                + " by its params; the file is not whole or was edited.");
      }
      if (!entry.shape().equals(tensor.shape())) {
        throw new SafetensorsException(
            SafetensorsHeader.quoted(tensor.name())
                + " has shape "
                + NamedTensor.shapeText(entry.shape())
                + " in the file and "
                + shape
                + " by its params; the file is not whole or was edited.");
      }
    }
    for (Entry entry : header.entries()) {
      if (!wanted.containsKey(entry.name())) {
        throw new SafetensorsException(
            SafetensorsHeader.quoted(entry.name())
                + " is in the file with shape "
                + NamedTensor.shapeText(entry.shape())
                + " and the network has no such parameter; the file was edited or is of another"
                + " network.");
      }
    }
  }

  private static void checkFinite(Entry entry, float[] parameters, int offset)
      throws SafetensorsException {
    for (int i = 0; i < entry.size(); i++) {
      if (!Float.isFinite(parameters[offset + i])) {
        throw new SafetensorsException(
            SafetensorsHeader.quoted(entry.name())
                + " of shape "
                + NamedTensor.shapeText(entry.shape())
                + " holds "
                + parameters[offset + i]
                + " at place "
                + i
                + " (row-major, from 0); parameters must be finite. The file was damaged or"
                + " edited.");
      }
    }
  }

  private void readFloats(float[] values, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int numbers = Math.min(count - done, chunk.length / Float.BYTES);
      readFully(in, chunk, numbers * Float.BYTES);
      ByteBuffer.wrap(chunk)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values, offset + done, numbers);
      done += numbers;
    }
  }

  private static void readFully(InputStream in, byte[] bytes, int count) throws IOException {
    if (in.readNBytes(bytes, 0, count) < count) {
      throw endsEarly();
    }
  }

  private static SafetensorsException endsEarly() {
    return new SafetensorsException(
        "the file ends before the size that the file system tells; it is not whole. Write it"
            + " again.");
  }
}
