package sparkrnn.ml;

import java.util.Locale;
import sparkrnn.data.Vocabulary;

/**
 * How well a language model predicts the tokens of a data set, each from those before it in its
 * row; the first token of a row is not predicted.
 */
public final class RnnLanguageSummary {

  private static final double NATS_PER_BIT = StrictMath.log(2);

  private final LanguageStatistics statistics;
  private final double uniformNats;

  RnnLanguageSummary(LanguageStatistics statistics, Vocabulary vocabulary) {
    this.statistics = statistics;
    this.uniformNats =
        StrictMath.log(vocabulary.hasUnknown() ? vocabulary.size() - 1.0 : vocabulary.size());
  }

  /** Mean over the tokens of minus the natural logarithm of the probability of each. */
  public double natsPerToken() {
    return statistics.nats() / statistics.tokens();
  }

  /** e to the power of {@link #natsPerToken()}: as unsure as among so many equal tokens. */
  public double perplexity() {
    return StrictMath.exp(natsPerToken());
  }

  /** {@link #natsPerToken()} to the base 2: of characters the bits per character. */
  public double bitsPerToken() {
    return natsPerToken() / NATS_PER_BIT;
  }

  /** The floor of nats per token where all tokens of the vocabulary are taken as equally likely. */
  public double uniformNatsPerToken() {
    return uniformNats;
  }

  /**
   * The floor of nats per token where each token is as likely as it was frequent in the data of the
   * fit (held-out rows included), each counted once more than it was found.
   */
  public double unigramNatsPerToken() {
    return statistics.unigramNats() / statistics.tokens();
  }

  /** Tokens that were predicted. */
  public long numTokens() {
    return statistics.tokens();
  }

  /** Rows that counted. */
  public long numInstances() {
    return statistics.rows();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RnnLanguageSummary: natsPerToken=%.4f, perplexity=%.4f, bitsPerToken=%.4f,"
            + " unigramNatsPerToken=%.4f, uniformNatsPerToken=%.4f, numTokens=%d, numInstances=%d",
        natsPerToken(),
        perplexity(),
        bitsPerToken(),
        unigramNatsPerToken(),
        uniformNatsPerToken(),
        numTokens(),
        numInstances());
  }
}
