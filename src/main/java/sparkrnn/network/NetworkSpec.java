package sparkrnn.network;

import java.io.Serializable;
import java.util.List;

/**
 * What a network is made of: recurrent layers in order, then a dense head on the last time step of
 * each sequence.
 *
 * @param inputs features of one time step, at least 1
 * @param recurrentLayers the lowest first, at least one
 * @param outputs numbers predicted per sequence, at least 1
 * @param loss "mse", "mae" or "huber" of errors; "crossEntropy" (one class of the outputs) or
 *     "binaryCrossEntropy" (each output by itself) of logits
 * @param huberDelta where the Huber loss turns from quadratic to linear, above 0; read only by
 *     "huber"
 */
public record NetworkSpec(
    int inputs, List<RecurrentSpec> recurrentLayers, int outputs, String loss, double huberDelta)
    implements Serializable {

  /** Copies the list. */
  public NetworkSpec {
    recurrentLayers = List.copyOf(recurrentLayers);
  }
}
