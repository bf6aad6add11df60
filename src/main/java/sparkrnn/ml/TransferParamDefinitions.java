package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The params of {@link TransferParams} of one stage. */
public final class TransferParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> initialModelPath;
  final StringArrayParam frozenLayers;

  TransferParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    initialModelPath =
        params.text(
            "initialModelPath",
            "path of a saved model, or of a .keras or .safetensors file of Keras or PyTorch, whose "
                + "weights the training begins with; its network must have the same tensors; empty: "
                + "initial values by initializers and seed. The state of the optimizer begins anew",
            Check.anyText());
    frozenLayers =
        params.texts(
            "frozenLayers",
            "layers, as describe of a model names them, or tensors, as weights does, that keep what "
                + "they begin with to the last bit: lstm_0, bidirectional_1/forward_lstm, "
                + "dense/bias; none by default",
            Check.names());
  }

  void setDefaults(Params stage) {
    stage.setDefault(initialModelPath, "");
    stage.setDefault(frozenLayers, new String[0]);
  }
}
