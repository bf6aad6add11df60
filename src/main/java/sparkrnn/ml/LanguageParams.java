package sparkrnn.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/** Params of language models. */
public interface LanguageParams extends LongSequenceParams {

  /** The params, built once per stage. */
  LanguageParamDefinitions languageParams();

  /**
   * Tokens of a stream that are read in one piece, at least 1: gradients flow back through no more
   * (truncated back-propagation through time); the hidden state goes on from piece to piece.
   */
  @Override
  default IntParam bpttLength() {
    return languageParams().bpttLength;
  }

  /**
   * Column in whose order the streams of a fit follow one another, equal ones in the order of their
   * tokens; unset or empty: all in the order of their tokens.
   */
  default Param<String> orderCol() {
    return languageParams().orderCol;
  }

  /** The value of {@link #orderCol()}. */
  default String getOrderCol() {
    return getOrDefault(orderCol());
  }

  /**
   * How often a text must be found in the data of a fit to be a token of its own, at least 1; the
   * rarer ones become the unknown token. Not read where the tokens are ids.
   */
  default IntParam minCount() {
    return languageParams().minCount;
  }

  /** The value of {@link #minCount()}. */
  default int getMinCount() {
    return (Integer) getOrDefault(minCount());
  }

  /**
   * How many texts are tokens of their own at most, the commonest; the others become the unknown
   * token; 0 for all. Not read where the tokens are ids.
   */
  default IntParam maxVocabularySize() {
    return languageParams().maxVocabularySize;
  }

  /** The value of {@link #maxVocabularySize()}. */
  default int getMaxVocabularySize() {
    return (Integer) getOrDefault(maxVocabularySize());
  }

  /**
   * Whether the kernel of the outputs is the transposed table of the embedding, which must then be
   * as wide as the last recurrent layer: fewer weights, and often a better model.
   */
  default BooleanParam tieWeights() {
    return languageParams().tieWeights;
  }

  /** The value of {@link #tieWeights()}. */
  default boolean getTieWeights() {
    return (Boolean) getOrDefault(tieWeights());
  }

  /**
   * Share of what the last recurrent layer hands to the outputs that is left out in training, at
   * least 0 and below 1; one mask per lane and piece, the same at every time step, the rest scaled
   * up.
   */
  default DoubleParam outputDropout() {
    return languageParams().outputDropout;
  }

  /** The value of {@link #outputDropout()}. */
  default double getOutputDropout() {
    return (Double) getOrDefault(outputDropout());
  }

  /**
   * Column that transform adds: double, the mean over a row's tokens but the first of minus the
   * natural logarithm of the probability that the model gave them; null where a row has one token.
   */
  default Param<String> natsCol() {
    return languageParams().natsCol;
  }

  /** The value of {@link #natsCol()}. */
  default String getNatsCol() {
    return getOrDefault(natsCol());
  }

  /** Column of the perplexity, e to the power of the nats; empty: none is added. */
  default Param<String> perplexityCol() {
    return languageParams().perplexityCol;
  }

  /** The value of {@link #perplexityCol()}. */
  default String getPerplexityCol() {
    return getOrDefault(perplexityCol());
  }

  /**
   * Column of the state of all recurrent layers after the last token of a row, a vector: of each
   * layer, the lowest first, h and, of an LSTM, c; empty: none is added.
   */
  default Param<String> stateCol() {
    return languageParams().stateCol;
  }

  /** The value of {@link #stateCol()}. */
  default String getStateCol() {
    return getOrDefault(stateCol());
  }
}
