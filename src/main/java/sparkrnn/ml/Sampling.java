package sparkrnn.ml;

import java.util.Locale;

/**
 * How the next token is drawn from the probabilities of a language model.
 *
 * @param temperature divides the outputs before the softmax, finite and above 0; 1 leaves them, a
 *     small one makes the likeliest token the only one
 * @param topK draws from so many of the likeliest tokens, at least 1; 0 for all
 * @param topP draws from the fewest of the likeliest tokens whose probabilities reach this sum, in
 *     (0, 1]; 1 for all; after topK
 * @param seed the same seed draws the same tokens
 */
public record Sampling(double temperature, int topK, double topP, long seed) {

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Sampling {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw refusal("temperature is %s; it must be a finite number above 0", temperature);
    }
    if (topK < 0) {
      throw refusal("topK is %d; it must be at least 1, or 0 for all tokens", topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw refusal("topP is %s; it must be above 0 and at most 1", topP);
    }
  }

  private static IllegalArgumentException refusal(String sentence, Object value) {
    return new IllegalArgumentException(
        "Sampling: " + String.format(Locale.ROOT, sentence, value) + ".");
  }

  /** From the probabilities as they are. */
  public static Sampling ofSeed(long seed) {
    return new Sampling(1, 0, 1, seed);
  }

  /** The same with another temperature. */
  public Sampling withTemperature(double value) {
    return new Sampling(value, topK, topP, seed);
  }

  /** The same from so many of the likeliest tokens. */
  public Sampling withTopK(int value) {
    return new Sampling(temperature, value, topP, seed);
  }

  /** The same from the likeliest tokens of this sum of probabilities. */
  public Sampling withTopP(double value) {
    return new Sampling(temperature, topK, value, seed);
  }
}
