package sparkrnn.explain;

/**
 * The Gauss-Legendre rule for integrals from 0 to 1: exact for polynomials of up to the degree 2M -
 * 1, M being its number of nodes.
 *
 * <pre>
 *   integral of f  ~  w(1) f(a(1)) + ... + w(M) f(a(M))      a in (0, 1), rising; w sum to 1
 *
 *   a(m) = (1 + y(m)) / 2      w(m) = 1 / ((1 - y(m)^2) P'(y(m))^2)      y the zeros of P, the
 *                                                                        Legendre polynomial M
 * </pre>
 *
 * <p>Source: Abramowitz and Stegun 1964, 25.4.29 and 25.4.30; the zeros by Newton's method.
 */
public final class GaussLegendre {

  /** Newton's method doubles the digits in every step; by 22.16.6 it begins with two or more. */
  private static final int NEWTON_STEPS = 5;

  private final double[] nodes;
  private final double[] weights;

  /**
   * @param count M, at least 1
   */
  public GaussLegendre(int count) {
    nodes = new double[count];
    weights = new double[count];
    for (int m = 0; m < count; m++) {
      double y = Math.cos(Math.PI * (count - m - 0.25) / (count + 0.5));
      double slope = 0;
      for (int step = 0; step < NEWTON_STEPS; step++) {
        double before = 0;
        double value = 1;
        // (k + 1) P(k+1) = (2k + 1) y P(k) - k P(k-1)
        for (int k = 0; k < count; k++) {
          double next = ((2 * k + 1) * y * value - k * before) / (k + 1);
          before = value;
          value = next;
        }
        // P'(M) = M (y P(M) - P(M-1)) / (y^2 - 1)
        slope = count * (y * value - before) / (y * y - 1);
        y -= value / slope;
      }
      nodes[m] = (1 + y) / 2;
      weights[m] = 1 / ((1 - y * y) * slope * slope);
    }
  }

  /** M. */
  public int count() {
    return nodes.length;
  }

  /** The place of a node, from 0 on. */
  public double node(int m) {
    return nodes[m];
  }

  /** The weight of a node, from 0 on. */
  public double weight(int m) {
    return weights[m];
  }
}
