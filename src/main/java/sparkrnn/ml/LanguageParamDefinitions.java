package sparkrnn.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/** The params of {@link LanguageParams} of one stage. */
public final class LanguageParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int BPTT_LENGTH = 100;
  private static final int EMBEDDING_SIZE = 64;

  final IntParam bpttLength;
  final Param<String> orderCol;
  final IntParam minCount;
  final IntParam maxVocabularySize;
  final BooleanParam tieWeights;
  final DoubleParam outputDropout;
  final Param<String> natsCol;
  final Param<String> perplexityCol;
  final Param<String> stateCol;

  LanguageParamDefinitions(RnnParams stage) {
    ParamFactory params = new ParamFactory(stage);
    bpttLength =
        params.wholeNumber(
            "bpttLength",
            "tokens of a stream that are read in one piece, at least 1: gradients flow back through "
                + "no more (truncated back-propagation through time); the hidden state goes on from "
                + "piece to piece",
            Check.wholeNumberFrom(1));
    orderCol =
        params.text(
            "orderCol",
            "column in whose order the streams of a fit follow one another, equal ones in the order "
                + "of their tokens; unset or empty: all in the order of their tokens",
            Check.optionalColumnName());
    minCount =
        params.wholeNumber(
            "minCount",
            "how often a text must be found in the data of a fit to be a token of its own, at least "
                + "1; the rarer ones become the unknown token. Not read where the tokens are ids",
            Check.wholeNumberFrom(1));
    maxVocabularySize =
        params.wholeNumber(
            "maxVocabularySize",
            "how many texts are tokens of their own at most, the commonest; the others become the "
                + "unknown token; 0 for all. Not read where the tokens are ids",
            Check.wholeNumberFrom(0));
    tieWeights =
        params.flag(
            "tieWeights",
            "whether the kernel of the outputs is the transposed table of the embedding, which must "
                + "then be as wide as the last recurrent layer: fewer weights, and often a better "
                + "model");
    outputDropout =
        params.number(
            "outputDropout",
            "share of what the last recurrent layer hands to the outputs that is left out in "
                + "training, at least 0 and below 1; one mask per lane and piece, the same at every "
                + "time step, the rest scaled up",
            Check.numberInRange(0, 1));
    natsCol =
        params.text(
            "natsCol",
            "column that transform adds: double, the mean over a row's tokens but the first of minus "
                + "the natural logarithm of the probability that the model gave them; null where a "
                + "row has one token",
            Check.columnName());
    perplexityCol =
        params.text(
            "perplexityCol",
            "column of the perplexity, e to the power of the nats; empty: none is added",
            Check.optionalColumnName());
    stateCol =
        params.text(
            "stateCol",
            "column of the state of all recurrent layers after the last token of a row, a vector: of "
                + "each layer, the lowest first, h and, of an LSTM, c; empty: none is added",
            Check.optionalColumnName());
  }

  void setDefaults(RnnParams stage) {
    stage.setDefault(stage.embeddingSizes(), new int[] {EMBEDDING_SIZE});
    stage.setDefault(bpttLength, BPTT_LENGTH);
    stage.setDefault(minCount, 1);
    stage.setDefault(maxVocabularySize, 0);
    stage.setDefault(tieWeights, false);
    stage.setDefault(outputDropout, 0.0);
    stage.setDefault(natsCol, "nats");
    stage.setDefault(perplexityCol, "");
    stage.setDefault(stateCol, "");
  }
}
