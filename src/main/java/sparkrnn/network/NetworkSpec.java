package sparkrnn.network;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import sparkrnn.loss.LossOptions;

/**
 * What a network is made of: embeddings of ids, recurrent layers in order, a pooling of the last
 * one's time steps, then a dense head.
 *
 * @param inputs features of one time step, at least 1
 * @param recurrentLayers the lowest first, at least one
 * @param outputs numbers predicted per sequence, or per time step without pooling; at least 1
 * @param loss "mse", "mae" or "huber" of errors; "crossEntropy" (one class of the outputs),
 *     "sparseCrossEntropy" (the same, the target being its place) or "binaryCrossEntropy" (each
 *     output by itself) of logits; "pinball" of quantiles; or the negative log-likelihood
 *     "gaussian", "studentT", "poisson" or "negativeBinomial", each with its outputs for each
 *     target
 * @param huberDelta where the Huber loss turns from quadratic to linear, above 0; read only by
 *     "huber"
 * @param pooling what the head sees of the last layer: "last", "mean", "max" or "attention" (a mean
 *     with learnt weights) over the time steps of each sequence; "none" for every time step, with
 *     an output for each
 * @param embeddings of the features that are ids, in the order of the features; null is read as
 *     none
 * @param quantiles in increasing order, each above 0 and below 1; read only by "pinball", empty
 *     elsewhere; null is read as empty
 * @param tiedWeights whether the kernel of the head is the transposed table of the embedding of
 *     feature 0, which must then be as wide as the last layer and have as many ids as there are
 *     outputs
 * @param outputDropout share of what the head sees that is left out in training, in [0, 1)
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
    List<Double> quantiles,
    boolean tiedWeights,
    double outputDropout,
    boolean crf)
    implements Serializable {

  private static final long LITTLE = 1_000_000;

  /** Copies the lists. */
  public NetworkSpec {
    recurrentLayers = List.copyOf(recurrentLayers);
    embeddings = embeddings == null ? List.of() : List.copyOf(embeddings);
    quantiles = quantiles == null ? List.of() : List.copyOf(quantiles);
  }

  /** A network whose loss reads no quantiles. */
  public NetworkSpec(
      int inputs,
      List<RecurrentSpec> recurrentLayers,
      int outputs,
      String loss,
      double huberDelta,
      String pooling,
      List<EmbeddingSpec> embeddings) {
    this(
        inputs,
        recurrentLayers,
        outputs,
        loss,
        huberDelta,
        pooling,
        embeddings,
        List.of(),
        false,
        0,
        false);
  }

  /** A network whose features are numbers. */
  public NetworkSpec(
      int inputs,
      List<RecurrentSpec> recurrentLayers,
      int outputs,
      String loss,
      double huberDelta,
      String pooling) {
    this(inputs, recurrentLayers, outputs, loss, huberDelta, pooling, List.of());
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
        inputs,
        recurrentLayers,
        outputs,
        loss,
        huberDelta,
        value,
        embeddings,
        quantiles,
        tiedWeights,
        outputDropout,
        crf);
  }

  /** The same with other embeddings. */
  public NetworkSpec withEmbeddings(List<EmbeddingSpec> value) {
    return new NetworkSpec(
        inputs,
        recurrentLayers,
        outputs,
        loss,
        huberDelta,
        pooling,
        value,
        quantiles,
        tiedWeights,
        outputDropout,
        crf);
  }

  /** The same with other quantiles. */
  public NetworkSpec withQuantiles(List<Double> value) {
    return new NetworkSpec(
        inputs,
        recurrentLayers,
        outputs,
        loss,
        huberDelta,
        pooling,
        embeddings,
        value,
        tiedWeights,
        outputDropout,
        crf);
  }

  /** The same with or without a head of its own kernel, and with another dropout before it. */
  public NetworkSpec withHead(boolean tied, double dropout) {
    return new NetworkSpec(
        inputs,
        recurrentLayers,
        outputs,
        loss,
        huberDelta,
        pooling,
        embeddings,
        quantiles,
        tied,
        dropout,
        crf);
  }

  /** The same with a CRF on the outputs, or without. */
  public NetworkSpec withCrf(boolean value) {
    return new NetworkSpec(
        inputs,
        recurrentLayers,
        outputs,
        loss,
        huberDelta,
        pooling,
        embeddings,
        quantiles,
        tiedWeights,
        outputDropout,
        value);
  }

  /**
   * Holds a spec that was read from a file against the weights that were saved with it, before
   * memory is taken for what it claims: every input and every output has weights of its own. What
   * takes little memory is left to the reader of the weights, who knows better what is wrong.
   *
   * @param numbers how many there are in the file at most
   * @throws IllegalArgumentException if there are fewer than inputs or outputs, and those are over
   *     a million
   */
  public void requireAtMost(long numbers) {
    if (Math.max(inputs, outputs) > Math.max(numbers, LITTLE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "NetworkSpec: inputs is %d and outputs is %d; the file of the weights has room for %d"
                  + " numbers",
              inputs,
              outputs,
              numbers));
    }
  }

  /** What the loss is made with. */
  public LossOptions lossOptions() {
    return new LossOptions(huberDelta, quantiles);
  }
}
