package sparkrnn.network;

import java.io.Serializable;
import java.util.List;

/**
 * What a network is made of: embeddings of ids, recurrent layers in order, a pooling of the last
 * one's time steps, then a dense head.
 *
 * @param inputs features of one time step, at least 1
 * @param recurrentLayers the lowest first, at least one
 * @param outputs numbers predicted per sequence, or per time step without pooling; at least 1
 * @param loss "mse", "mae" or "huber" of errors; "crossEntropy" (one class of the outputs),
 *     "sparseCrossEntropy" (the same, the target being its place) or "binaryCrossEntropy" (each
 *     output by itself) of logits
 * @param huberDelta where the Huber loss turns from quadratic to linear, above 0; read only by
 *     "huber"
 * @param pooling what the head sees of the last layer: "last", "mean", "max" or "attention" (a mean
 *     with learnt weights) over the time steps of each sequence; "none" for every time step, with
 *     an output for each
 * @param embeddings of the features that are ids, in the order of the features; null is read as
 *     none
 * @param crf whether a linear-chain CRF stands on the outputs of the time steps, whose negative log
 *     likelihood is then the loss; needs "sparseCrossEntropy", whose place it takes, and no pooling
 */
public record NetworkSpec(
    int inputs,
    List<RecurrentSpec> recurrentLayers,
    int outputs,
    String loss,
    double huberDelta,
    String pooling,
    List<EmbeddingSpec> embeddings,
    boolean crf)
    implements Serializable {

  /** Copies the lists. */
  public NetworkSpec {
    recurrentLayers = List.copyOf(recurrentLayers);
    embeddings = embeddings == null ? List.of() : List.copyOf(embeddings);
  }

  /** A network whose features are numbers. */
  public NetworkSpec(
      int inputs,
      List<RecurrentSpec> recurrentLayers,
      int outputs,
      String loss,
      double huberDelta,
      String pooling) {
    this(inputs, recurrentLayers, outputs, loss, huberDelta, pooling, List.of(), false);
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

  /** The same with another pooling. */
  public NetworkSpec withPooling(String value) {
    return new NetworkSpec(
        inputs, recurrentLayers, outputs, loss, huberDelta, value, embeddings, crf);
  }

  /** The same with other embeddings. */
  public NetworkSpec withEmbeddings(List<EmbeddingSpec> value) {
    return new NetworkSpec(inputs, recurrentLayers, outputs, loss, huberDelta, pooling, value, crf);
  }

  /** The same with a CRF on the outputs, or without. */
  public NetworkSpec withCrf(boolean value) {
    return new NetworkSpec(
        inputs, recurrentLayers, outputs, loss, huberDelta, pooling, embeddings, value);
  }
}
