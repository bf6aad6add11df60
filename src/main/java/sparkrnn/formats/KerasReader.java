package sparkrnn.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import sparkrnn.network.Network;
import sparkrnn.parameter.ParameterLayout;

/**
 * The network of a .keras file: its layers from config.json, as {@link KerasModel} reads them, and
 * their variables from model.weights.h5.
 */
public final class KerasReader {

  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** More than weights of one file can be compressed: what is larger when unpacked is a bomb. */
  private static final int MOST_EXPANSION = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private KerasReader() {}

  /**
   * Reads a file.
   *
   * @param file all its bytes
   * @throws IllegalArgumentException if it is no .keras file, or has a layer that there is none of
   *     here; the message begins with what was found
   */
  public static ImportedNetwork read(byte[] file) throws IOException {
    byte[] config = null;
    byte[] weights = null;
    int most = (int) Math.min(Integer.MAX_VALUE - 8, (long) MOST_EXPANSION * file.length);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(CONFIG)) {
          config = read(zip, CONFIG, most);
        } else if (entry.getName().equals(WEIGHTS)) {
          weights = read(zip, WEIGHTS, most);
        }
      }
    }
    if (config == null || weights == null) {
      throw new IllegalArgumentException(
          "it is no .keras file, a zip with " + CONFIG + " and " + WEIGHTS);
    }
    return network(KerasModel.read(json(config)), weights);
  }

  private static byte[] read(ZipInputStream zip, String name, int most) throws IOException {
    byte[] content = zip.readNBytes(most);
    if (zip.read() >= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has more than %d times the bytes of the whole file when unpacked",
              name,
              MOST_EXPANSION));
    }
    return content;
  }

  private static JsonNode json(byte[] config) throws IOException {
    try {
      return JSON.readTree(config);
    } catch (JsonProcessingException corrupt) {
      throw new IllegalArgumentException(CONFIG + " is not JSON", corrupt);
    }
  }

  private static ImportedNetwork network(KerasModel model, byte[] weights) {
    Network network = new Network(model.spec());
    ParameterLayout layout = network.layout();
    if (layout.size() > (long) MOST_EXPANSION * weights.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d bytes for %d parameters; it is not whole",
              WEIGHTS,
              weights.length,
              layout.size()));
    }
    float[] parameters = new float[layout.size()];
    Map<String, TensorSource> read = read(weights, model.variables(), layout);
    read.forEach((name, tensor) -> tensor.writeTo(layout.tensor(name), parameters));
    return new ImportedNetwork(model.spec(), parameters);
  }

  /** The tensors by our names; numbers of those alone that have their shape. */
  private static Map<String, TensorSource> read(
      byte[] weights, Map<String, String> paths, ParameterLayout layout) {
    Map<String, TensorSource> tensors = new HashMap<>();
    try (HdfFile hdf5 = HdfFile.fromBytes(weights)) {
      paths.forEach(
          (name, path) -> tensors.put(name, variable(hdf5, path, layout.tensor(name).shape())));
    } catch (UnusableVariableException unusable) {
      throw new IllegalArgumentException(unusable.getMessage(), unusable);
    } catch (RuntimeException corrupt) {
      // Of bytes that are no HDF5 the library throws whatever its parser runs into.
      throw new IllegalArgumentException(
          WEIGHTS + " is no HDF5 file that can be read (" + corrupt + ")", corrupt);
    }
    return tensors;
  }

  /** Tells what is said here from what the library throws. */
  private static final class UnusableVariableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnusableVariableException(String format, Object... values) {
      super(String.format(Locale.ROOT, format, values));
    }
  }

  private static TensorSource variable(HdfFile hdf5, String path, List<Integer> wanted) {
    Node node = hdf5;
    for (String name : path.split("/", -1)) {
      node = node instanceof Group group ? group.getChild(name) : null;
    }
    if (!(node instanceof Dataset data)) {
      throw new UnusableVariableException("%s has no variable \"%s\"", WEIGHTS, path);
    }
    List<Integer> shape = Arrays.stream(data.getDimensions()).boxed().toList();
    if (!shape.equals(wanted)) {
      throw new UnusableVariableException(
          "\"%s\" has shape %s where %s is needed",
          path, TensorSource.text(shape), TensorSource.text(wanted));
    }
    if (!(data.getDataFlat() instanceof float[] values)) {
      throw new UnusableVariableException(
          "the variable \"%s\" is of %s; float32 is needed",
          path, data.getJavaType().getSimpleName());
    }
    return new TensorSource(path, shape, values);
  }
}
