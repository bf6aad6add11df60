package sparkrnn.cell;

/**
 * Lets single numbers of a state stay as they were a time step before.
 *
 * <pre>
 *   s(t) = m(t) * s(t-1) + (1 - m(t)) * new(t)        s(-1) = 0
 *   dnew(t) = (1 - m(t)) * ds(t)      ds(t-1) += m(t) * ds(t)
 * </pre>
 *
 * <p>In training m is 0 or 1, drawn for every sequence, time step and unit; elsewhere the
 * probability of 1, so that s is the expected state.
 *
 * <p>Source: Krueger et al. 2017, equations 1 to 4.
 */
final class Zoneout {

  private Zoneout() {}

  /** Overwrites s[from, to), which holds the new state, with the mixture. */
  static void mix(float[] m, float[] before, float[] s, int from, int to) {
    for (int e = from; e < to; e++) {
      s[e] = m[e] * before[e] + (1f - m[e]) * s[e];
    }
  }

  /** Overwrites ds[from, to) with dnew, and the same range of kept with what goes to s(t-1). */
  static void part(float[] m, float[] ds, float[] kept, int from, int to) {
    for (int e = from; e < to; e++) {
      kept[e] = m[e] * ds[e];
      ds[e] = (1f - m[e]) * ds[e];
    }
  }
}
