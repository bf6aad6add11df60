package sparkrnn.feature;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params that say what tokens are and which of them get ids. */
public interface TokenIndexerParams extends Params {

  /** The params, built once per stage. */
  TokenIndexerParamDefinitions tokenParams();

  /** Column of the text: string, or array&lt;string&gt; where tokens is array. */
  default Param<String> inputCol() {
    return tokenParams().inputCol;
  }

  /** The value of {@link #inputCol()}. */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Column that transform adds: array&lt;int&gt;, one id for each token. */
  default Param<String> outputCol() {
    return tokenParams().outputCol;
  }

  /** The value of {@link #outputCol()}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** What the tokens of a text are: characters, words or array. */
  default Param<String> tokens() {
    return tokenParams().tokens;
  }

  /** The value of {@link #tokens()}. */
  default String getTokens() {
    return getOrDefault(tokens());
  }

  /** Regular expression of one token, where tokens is words. */
  default Param<String> pattern() {
    return tokenParams().pattern;
  }

  /** The value of {@link #pattern()}. */
  default String getPattern() {
    return getOrDefault(pattern());
  }

  /** Whether tokens are turned to lower case. */
  default BooleanParam lowercase() {
    return tokenParams().lowercase;
  }

  /** The value of {@link #lowercase()}. */
  default boolean getLowercase() {
    return (Boolean) getOrDefault(lowercase());
  }

  /** How often a token must occur in the data of the fit to get an id of its own. */
  default IntParam minCount() {
    return tokenParams().minCount;
  }

  /** The value of {@link #minCount()}. */
  default int getMinCount() {
    return (Integer) getOrDefault(minCount());
  }

  /** Most ids, those of padding and of the unknown included. */
  default IntParam maxSize() {
    return tokenParams().maxSize;
  }

  /** The value of {@link #maxSize()}. */
  default int getMaxSize() {
    return (Integer) getOrDefault(maxSize());
  }

  /** What to do with a row whose text is null or holds no token: error, skip or keep. */
  default Param<String> handleInvalid() {
    return tokenParams().handleInvalid;
  }

  /** The value of {@link #handleInvalid()}. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
