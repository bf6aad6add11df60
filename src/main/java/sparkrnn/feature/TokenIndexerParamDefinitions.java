package sparkrnn.feature;

import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link TokenIndexerParams} of one stage. */
public final class TokenIndexerParamDefinitions implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int MOST_TOKENS = 1 << 18; // as in Spark's CountVectorizer

  final Param<String> inputCol;
  final Param<String> outputCol;
  final Param<String> tokens;
  final Param<String> pattern;
  final BooleanParam lowercase;
  final IntParam minCount;
  final IntParam maxSize;
  final Param<String> handleInvalid;

  TokenIndexerParamDefinitions(Params stage) {
    ParamFactory params = new ParamFactory(stage);
    inputCol =
        params.text(
            "inputCol",
            "column of the text: string, or array<string> where tokens is array; required",
            Check.columnName());
    outputCol =
        params.text(
            "outputCol",
            "column that transform adds: array<int>, one id for each token",
            Check.columnName());
    tokens =
        params.text(
            "tokens",
            "what the tokens of a text are: characters, its Unicode code points; words, the matches "
                + "of pattern; array, the elements of an array column",
            Check.oneOf("characters", "words", "array"));
    pattern =
        params.text(
            "pattern",
            "regular expression of one token, where tokens is words; what lies between matches is "
                + "left out; the default takes runs of letters, runs of digits, and every other "
                + "character that is not white space by itself",
            Check.pattern());
    lowercase =
        params.fact(
            "lowercase",
            "whether tokens are turned to lower case, by the rules of no particular language");
    minCount =
        params.wholeNumber(
            "minCount",
            "how often a token must occur in the data of the fit to get an id of its own, at least 1",
            Check.wholeNumberFrom(1));
    maxSize =
        params.wholeNumber(
            "maxSize",
            "most ids, those of padding and of the unknown included, at least 3: the most frequent "
                + "tokens get one",
            Check.wholeNumberFrom(3, "id 0 is padding and id 1 the unknown token"));
    handleInvalid =
        params.text(
            "handleInvalid",
            "what to do with a row whose text is null, holds no token or, as an array, a null one: "
                + "error stops and names the row, skip leaves it out, keep takes it: a null text "
                + "gives null, one without tokens an empty array, a null token is unknown",
            Check.oneOf("error", "skip", "keep"));
    setDefaults(stage);
  }

  private void setDefaults(Params stage) {
    stage.setDefault(outputCol, "features");
    stage.setDefault(tokens, "characters");
    stage.setDefault(pattern, "\\p{L}+|\\p{N}+|[^\\s\\p{L}\\p{N}]");
    stage.setDefault(lowercase, false);
    stage.setDefault(minCount, 1);
    stage.setDefault(maxSize, MOST_TOKENS);
    stage.setDefault(handleInvalid, "error");
  }
}
