package sparkrnn.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import sparkrnn.network.NetworkSpec;

/**
 * A network as the .keras file of a functional model.
 *
 * <pre>
 *   metadata.json       the version of the format, and our notes
 *   config.json         the layers and how they are joined
 *   model.weights.h5    their variables: layers/lstm/cell/vars/0 is the kernel, 1 the recurrent
 *                       kernel, 2 the bias
 * </pre>
 *
 * <p>Variables are as ours, the model is {@link KerasLayers}'. All bytes depend on the network
 * alone, but for the addresses in the HDF5 file.
 *
 * <p>Source: keras/src/saving/saving_lib.py, version 3.15.
 */
public final class KerasWriter {

  private static final String KERAS_VERSION = "3.0.0";
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final ObjectMapper JSON = new ObjectMapper();

  private KerasWriter() {}

  /**
   * Writes the file; the stream is flushed and not closed.
   *
   * @param parameters in the layout of the network
   * @param notes text by name that metadata.json keeps
   * @throws InexpressibleException if Keras' layers can't express the network; the message says
   *     what of it
   */
  public static void write(
      OutputStream out, NetworkSpec spec, float[] parameters, Map<String, String> notes)
      throws IOException {
    InexpressibleException.inKeras(spec);
    KerasGraph graph = new KerasGraph();
    ObjectNode config = graph.config(new KerasLayers(graph, spec, parameters).add());
    ObjectNode metadata = KerasGraph.JSON.objectNode().put("keras_version", KERAS_VERSION);
    new TreeMap<>(notes).forEach(metadata::put);
    ZipOutputStream zip = new ZipOutputStream(out);
    put(zip, "metadata.json", JSON.writeValueAsBytes(metadata));
    put(zip, "config.json", JSON.writeValueAsBytes(config));
    put(zip, "model.weights.h5", hdf5(graph.variables()));
    zip.finish();
    out.flush();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EARLIEST);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** The library writes to files only. */
  private static byte[] hdf5(Map<String, TensorSource> variables) throws IOException {
    Path file = Files.createTempFile("spark-rnn", ".h5");
    try {
      try (WritableHdfFile hdf5 = HdfFile.write(file)) {
        new TreeMap<>(variables).forEach((path, tensor) -> put(hdf5, path, tensor));
      }
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void put(WritableGroup root, String path, TensorSource tensor) {
    WritableGroup group = root;
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length - 1; i++) {
      Node there = group.getChildren().get(names[i]);
      group = there instanceof WritableGroup below ? below : group.putGroup(names[i]);
    }
    group.putDataset(
        names[names.length - 1], tensor.shape().size() == 1 ? tensor.values() : rows(tensor));
  }

  private static float[][] rows(TensorSource tensor) {
    float[][] rows = new float[tensor.rows()][tensor.columns()];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(tensor.values(), row * tensor.columns(), rows[row], 0, tensor.columns());
    }
    return rows;
  }
}
