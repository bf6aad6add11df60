package sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

  private ExportedFile file(String path) {
    return new ExportedFile(model.getClass().getSimpleName(), path);
  }

  void onnx(String path) {
    Map<String, String> notes = notes();
    file(path)
        .write(
            out -> {
              if (model.encodes()) {
                OnnxModel.writeEncoder(out, fitted.spec(), fitted.parameters(), notes);
              } else {
                OnnxModel.write(out, fitted.spec(), fitted.parameters(), notes);
              }
            });
  }
}
