package sparkrnn.network;

import java.io.Serializable;
import java.util.List;

/**
 * What a network is made of: recurrent layers in order, a pooling of the last one's time steps,
 * then a dense head.
 *
 * @param inputs features of one time step, at least 1
 * @param recurrentLayers the lowest first, at least one
 * @param outputs numbers predicted per sequence, at least 1
 * @param loss "mse", "mae" or "huber" of errors; "crossEntropy" (one class of the outputs) or
 *     "binaryCrossEntropy" (each output by itself) of logits
 * @param huberDelta where the Huber loss turns from quadratic to linear, above 0; read only by
 *     "huber"
 * @param pooling what the head sees of the last layer: "last", "mean" or "max" over the time steps
 *     of each sequence
 */
public record NetworkSpec(
    int inputs,
    List<RecurrentSpec> recurrentLayers,
    int outputs,
    String loss,
    double huberDelta,
    String pooling)
    implements Serializable {

  /** Copies the list. */
  public NetworkSpec {
    recurrentLayers = List.copyOf(recurrentLayers);
  }

  /** A network whose head sees the last time step. */
  public NetworkSpec(
      int inputs,
      List<RecurrentSpec> recurrentLayers,
      int outputs,
      String loss,
      double huberDelta) {
    this(inputs, recurrentLayers, outputs, loss, huberDelta, "last");
  }
}
