package sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model.json of a saved model, for tests that change it. */
final class SavedDescription {

  private SavedDescription() {}

  /**
   * Replaces the first match, of which there must be one.
   *
   * @param model the directory of the model
   * @return the new text
   */
  static String edit(Path model, String regex, String replacement) throws IOException {
    Path description = model.resolve("model.json");
    String json = Files.readString(description);
    String edited = json.replaceFirst(regex, replacement);
    assertThat(edited).isNotEqualTo(json);
    Files.writeString(description, edited);
    // Hadoop's checksum would notice the edit before the reader can.
    Files.deleteIfExists(model.resolve(".model.json.crc"));
    return edited;
  }
}
