package sparkrnn.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import sparkrnn.cell.CellType;
import sparkrnn.network.RecurrentSpec;

/** The config of one recurrent layer of Keras. */
final class KerasCell {

  private KerasCell() {}

  /**
   * The layer, with the initializers and the dropout that it has here by default.
   *
   * @throws IllegalArgumentException if it has a setting that there is none of here
   */
  static RecurrentSpec spec(String kerasClass, JsonNode config, String name, boolean both) {
    CellType type =
        Arrays.stream(CellType.values())
            .filter(each -> each.kerasClass().equals(kerasClass))
            .findFirst()
            .orElseThrow(
                () ->
                    KerasModel.refusal(
                        "layer \"%s\" is a %s, which there is none of here", name, kerasClass));
    String activation = config.path("activation").asText("tanh");
    if (!type.activations().contains(activation)) {
      throw KerasModel.refusal(
          "layer \"%s\" has the activation \"%s\"; a %s has one of %s here",
          name, activation, kerasClass, type.activations());
    }
    require(config, name, "recurrent_activation", "sigmoid");
    require(config, name, "reset_after", "true");
    require(config, name, "go_backwards", "false");
    return new RecurrentSpec(
        type.specName(),
        config.path("units").asInt(),
        activation,
        "glorot_uniform",
        "orthogonal",
        both,
        0,
        0);
  }

  /**
   * Checks the second direction of a layer, which Keras leaves out where it is as the first.
   *
   * @throws IllegalArgumentException if it is another cell than the first one
   */
  static void requireAlike(JsonNode backward, String kerasClass, JsonNode forward, String name) {
    if (backward.isMissingNode() || backward.isNull()) {
      return;
    }
    JsonNode config = backward.path("config");
    boolean alike = backward.path("class_name").asText().equals(kerasClass);
    for (String setting : List.of("units", "activation", "use_bias", "reset_after")) {
      alike &= config.path(setting).equals(forward.path(setting));
    }
    if (!alike) {
      throw KerasModel.refusal(
          "layer \"%s\" has another cell backward in time than forward; both must be alike", name);
    }
  }

  private static void require(JsonNode config, String name, String setting, String wanted) {
    String found = config.path(setting).asText(wanted);
    if (!found.equals(wanted)) {
      throw KerasModel.refusal(
          "layer \"%s\" has %s %s; it must be %s", name, setting, found, wanted);
    }
  }
}
