package sparkrnn.forecast;

import java.io.Serializable;

/**
 * Mean and spread of numbers in the order of their coming (Welford 1962).
 *
 * @param count how many
 * @param mean of them; 0 of none
 * @param squares sum of squared distances from the mean
 */
public record Moments(long count, double mean, double squares) implements Serializable {

  static final Moments NONE = new Moments(0, 0, 0);

  /** With one more; NaN is left out. */
  Moments plus(double value) {
    if (Double.isNaN(value)) {
      return this;
    }
    long more = count + 1;
    double distance = value - mean;
    double moved = mean + distance / more;
    return new Moments(more, moved, squares + distance * (value - moved));
  }

  /** Of both (Chan, Golub and LeVeque 1979). */
  Moments plus(Moments other) {
    if (other.count == 0) {
      return this;
    }
    long together = count + other.count;
    double distance = other.mean - mean;
    return new Moments(
        together,
        mean + distance * other.count / together,
        squares + other.squares + distance * distance * count * other.count / together);
  }

  /** Of the population; 0 of none. */
  public double deviation() {
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  /** How far a value lies from the mean, in deviations; in its own unit where all were equal. */
  double standardized(double value) {
    double deviation = deviation();
    return (value - mean) / (deviation > 0 ? deviation : 1);
  }
}
