package sparkrnn.formats;

import java.util.Locale;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;

/** Says that a network has a part that another library has no layer for. */
public final class InexpressibleException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what the library lacks
   * @param other formats that can express it
   */
  InexpressibleException(String what, String other) {
    super(what + ". Export to " + other + ".");
  }

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
      throw new InexpressibleException("Keras has no layer for the CRF", "ONNX or PyTorch");
    }
  }

  private static void checkLayers(NetworkSpec spec, String library) {
    for (RecurrentSpec layer : spec.recurrentLayers()) {
      if (layer.cell().equals("layerNormLstm")) {
        throw new InexpressibleException(library + " has no LSTM with layer normalization", "ONNX");
      }
      if (layer.zoneout() > 0) {
        throw new InexpressibleException(
            String.format(
                Locale.ROOT, "%s has no zoneout, which is %s here", library, layer.zoneout()),
            "ONNX");
      }
    }
  }
}
