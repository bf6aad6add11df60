package sparkrnn.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sparkrnn.parameter.ParameterLayout;

/**
 * Writes a safetensors file to a stream, in the format described in {@link SafetensorsReader}.
 *
 * <p>Equal arguments give equal bytes: metadata is written in the order of its names, tensors in
 * the order of the list. The header ends with spaces so that the data begins at a multiple of 8.
 */
public final class SafetensorsWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes the tensors of a layout; the stream is flushed and not closed.
   *
   * @param metadata text by name, beside the tensors; may be empty
   * @param parameters (P)
   * @throws IllegalArgumentException if parameters is shorter than the layout
   */
  public static void write(
      OutputStream out, Map<String, String> metadata, ParameterLayout layout, float[] parameters)
      throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      tensors.add(new NamedTensor(tensor.name(), tensor.shape(), parameters, tensor.offset()));
    }
    write(out, metadata, tensors);
  }

  /**
   * Writes tensors; the stream is flushed and not closed.
   *
   * @param metadata text by name, beside the tensors; may be empty
   * @throws IllegalArgumentException if two tensors have one name, a tensor is named
   *     "__metadata__", or the header would be longer than 100 000 000 bytes
   */
  public static void write(
      OutputStream out, Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    checkNames(tensors);
    byte[] header = header(metadata, tensors);
    if (header.length > SafetensorsHeader.MAX_BYTES) {
      throw new IllegalArgumentException(
          "safetensors: the header has "
              + header.length
              + " bytes; it may have "
              + SafetensorsHeader.MAX_BYTES
              + ". Shorten the metadata.");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (NamedTensor tensor : tensors) {
      writeFloats(out, chunk, tensor);
    }
    out.flush();
  }

  private static void checkNames(List<NamedTensor> tensors) {
    Set<String> names = new HashSet<>(Collections.singleton(SafetensorsHeader.METADATA));
    for (NamedTensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "safetensors: the name \""
                + tensor.name()
                + "\" is taken; each tensor needs its own, and \"__metadata__\" is the format's.");
      }
    }
  }

  private static byte[] header(Map<String, String> metadata, List<NamedTensor> tensors)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (NamedTensor tensor : tensors) {
        long end = begin + (long) Float.BYTES * tensor.size();
        writeEntry(json, tensor, begin, end);
        begin = end;
      }
      json.writeEndObject();
    }
    while ((Long.BYTES + bytes.size()) % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  private static void writeEntry(JsonGenerator json, NamedTensor tensor, long begin, long end)
      throws IOException {
    json.writeObjectFieldStart(tensor.name());
    json.writeStringField("dtype", "F32");
    json.writeArrayFieldStart("shape");
    for (int extent : tensor.shape()) {
      json.writeNumber(extent);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data_offsets");
    json.writeNumber(begin);
    json.writeNumber(end);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeFloats(OutputStream out, ByteBuffer chunk, NamedTensor tensor)
      throws IOException {
    int count = tensor.size();
    int done = 0;
    while (done < count) {
      int numbers = Math.min(count - done, chunk.capacity() / Float.BYTES);
      chunk.asFloatBuffer().put(tensor.values(), tensor.offset() + done, numbers);
      out.write(chunk.array(), chunk.arrayOffset(), numbers * Float.BYTES);
      done += numbers;
    }
  }
}
