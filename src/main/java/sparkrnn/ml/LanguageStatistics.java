package sparkrnn.ml;

import java.io.Serializable;

/**
 * What a language model costs on rows, beside what it costs without one.
 *
 * @param rows that counted
 * @param tokens predicted: all of a row but the first
 * @param nats sum of minus the logarithms of their probabilities
 * @param unigramNats the same of the frequencies of the tokens
 */
record LanguageStatistics(long rows, long tokens, double nats, double unigramNats)
    implements Serializable {

  static final LanguageStatistics NONE = new LanguageStatistics(0, 0, 0, 0);

  LanguageStatistics plus(LanguageStatistics other) {
    return new LanguageStatistics(
        rows + other.rows,
        tokens + other.tokens,
        nats + other.nats,
        unigramNats + other.unigramNats);
  }
}
