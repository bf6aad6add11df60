package sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import sparkrnn.formats.InexpressibleException;
import sparkrnn.formats.KerasWriter;
import sparkrnn.formats.StateDictWriter;
import sparkrnn.onnx.OnnxModel;

/** Writes a model in the formats of other libraries. */
final class ModelExport {

  /** Under this name a file keeps what model.json of a saved model holds, but for the history. */
  static final String NOTE = "spark_rnn.model";

  private final RnnModel<?> model;
  private final FittedNetwork fitted;

  ModelExport(RnnModel<?> model) {
    this.model = model;
    this.fitted = model.fitted();
  }

  private Map<String, String> notes() {
    ModelDescription description = model.described(ModelDescription.of(fitted, null, null));
    try {
      return Map.of(NOTE, new String(description.toJson(), StandardCharsets.UTF_8));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  void onnx(String path) {
    Map<String, String> notes = notes();
    write(
        path,
        out -> {
          if (model.encodes()) {
            OnnxModel.writeEncoder(out, fitted.spec(), fitted.parameters(), notes);
          } else {
            OnnxModel.write(out, fitted.spec(), fitted.parameters(), notes);
          }
        });
  }

  void keras(String path) {
    requireHead("Keras");
    Map<String, String> notes = notes();
    write(path, out -> KerasWriter.write(out, fitted.spec(), fitted.parameters(), notes));
  }

  void pyTorch(String path) {
    requireHead("PyTorch");
    Map<String, String> notes = notes();
    write(path, out -> StateDictWriter.write(out, fitted.spec(), fitted.parameters(), notes));
  }

  private void requireHead(String format) {
    if (model.encodes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: files of %s hold a network with its head, and an encoder has none. Export the"
                  + " model that it is of, or the encoder to ONNX.",
              stage(),
              format));
    }
  }

  private String stage() {
    return model.getClass().getSimpleName();
  }

  /** What can't be expressed is said before there is a file. */
  private void write(String path, ExportedFile.Content content) {
    try {
      new ExportedFile(stage(), path).write(content);
    } catch (InexpressibleException inexpressible) {
      throw new IllegalArgumentException(
          stage() + ": " + inexpressible.getMessage(), inexpressible);
    }
  }
}
