package sparkrnn.ml;

import java.util.Arrays;
import sparkrnn.training.TrainingHistory;

/**
 * What happened in the fit of a language model; kept when the model is saved. Losses are nats per
 * token, sequences are the lanes that the streams were cut into, and the speed is that of tokens.
 */
public final class RnnLanguageTrainingSummary extends RnnTrainingSummary {

  private static final long serialVersionUID = 1L;

  private final LanguageDescription language;

  RnnLanguageTrainingSummary(TrainingHistory history, LanguageDescription language) {
    super(history);
    this.language = language;
  }

  /** Tokens that are predicted in one epoch; fewer than one for each lane are left over. */
  public long trainingTokens() {
    return language.trainingTokens();
  }

  /** Tokens that are predicted in the validation; 0 without one. */
  public long validationTokens() {
    return language.validationTokens();
  }

  /** e to the power of the validation loss at the end of each epoch; empty without validation. */
  public double[] validationPerplexity() {
    return Arrays.stream(validationHistory()).map(StrictMath::exp).toArray();
  }

  /** Training tokens per second of each epoch. */
  public double[] tokensPerSecond() {
    return sequencesPerSecond();
  }
}
