package sparkrnn.random;

/**
 * Random numbers that are a pure function of (seed, stream, index).
 *
 * <p>There is no state: any machine, thread and order of asking gets the same value. Two streams of
 * one seed are independent for every purpose here; so are two seeds of one stream.
 *
 * <p>Source: the output function of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford)
 * over a counter; our deviation is that seed and stream are mixed into the start of the counter.
 */
public final class CounterRandom {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TO_UNIT = 0x1.0p-53;

  private final long start;

  /** The numbers of one stream of a seed; every value of both is allowed. */
  public CounterRandom(long seed, long stream) {
    this.start = mix(mix(seed + GOLDEN_GAMMA) + stream * GOLDEN_GAMMA);
  }

  /** 64 random bits. */
  public long bits(long index) {
    return mix(start + (index + 1) * GOLDEN_GAMMA);
  }

  /** A double in [0, 1), a multiple of 2^-53. */
  public double uniform(long index) {
    return (bits(index) >>> 11) * TO_UNIT;
  }

  /** A float in [low, high), uniform; low below high, both finite. */
  public float uniform(long index, float low, float high) {
    float value = (float) (low + (high - (double) low) * uniform(index));
    return value < high ? value : Math.nextDown(high);
  }

  /** A normal number of mean 0 and variance 1, by the transform of Box and Muller. */
  public double gaussian(long index) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(2 * index)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(2 * index + 1));
  }

  private static long mix(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
