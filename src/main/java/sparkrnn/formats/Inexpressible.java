package sparkrnn.formats;

import java.util.Locale;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;

/** What of a network other libraries have no layer for, with the sentence that says so. */
final class Inexpressible {

  private Inexpressible() {}

  /**
   * @throws InexpressibleException if PyTorch's modules can't compute the network
   */
  static void inPyTorch(NetworkSpec spec) {
    checkLayers(spec, "PyTorch");
  }

  /**
   * @throws InexpressibleException if Keras' layers can't compute the network
   */
  static void inKeras(NetworkSpec spec) {
    checkLayers(spec, "Keras");
    if (spec.crf()) {
      throw refusal("Keras has no layer for the CRF", "ONNX or PyTorch");
    }
  }

  private static void checkLayers(NetworkSpec spec, String library) {
    for (RecurrentSpec layer : spec.recurrentLayers()) {
      if (layer.cell().equals("layerNormLstm")) {
        throw refusal(library + " has no LSTM with layer normalization", "ONNX");
      }
      if (layer.zoneout() > 0) {
        throw refusal(
            String.format(
                Locale.ROOT, "%s has no zoneout, which is %s here", library, layer.zoneout()),
            "ONNX");
      }
    }
  }

  static InexpressibleException refusal(String what, String other) {
    return new InexpressibleException(what + ". Export to " + other + ".");
  }
}
