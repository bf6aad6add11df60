package sparkrnn.cell;

/**
 * Layer normalization of rows, each of which stands in several arrays, one for each gate.
 *
 * <pre>
 *   m = mean of z      s = 1 / sqrt(mean of (z - m)^2 + 1e-3)      over all columns of a row
 *   n = (z - m) s
 *   y = a * n + b
 * </pre>
 *
 * <p>Shapes: N rows, H columns of a gate.
 *
 * <pre>
 *   z, n, dy (gates, N, H)    s (N)    a (gates * H), then b (gates * H), in the flat array
 * </pre>
 *
 * <p>Source: Ba, Kiros and Hinton 2016, equation 4; Keras' LayerNormalization with its default
 * epsilon.
 */
final class RowNorm {

  private static final float EPSILON = 1e-3f;

  private final int units;
  private final int gainAt;

  /**
   * @param units H
   * @param gainAt where a begins
   */
  RowNorm(int units, int gainAt) {
    this.units = units;
    this.gainAt = gainAt;
  }

  /** Overwrites z with n, and s, of rows [from, to). */
  void normalize(float[][] z, float[] s, int from, int to) {
    float columns = z.length * units;
    for (int row = from; row < to; row++) {
      int at = row * units;
      float sum = 0;
      for (float[] gate : z) {
        sum += sum(gate, at);
      }
      float mean = sum / columns;
      float squares = 0;
      for (float[] gate : z) {
        for (int e = at; e < at + units; e++) {
          gate[e] -= mean;
        }
        squares += dot(gate, gate, at);
      }
      float inverse = (float) (1 / Math.sqrt(squares / columns + EPSILON));
      for (float[] gate : z) {
        for (int e = at; e < at + units; e++) {
          gate[e] *= inverse;
        }
      }
      s[row] = inverse;
    }
  }

  /** y += a * n of one gate, rows [from, to). */
  void addScaled(int gate, float[] n, float[] parameters, float[] y, int from, int to) {
    int a = gainAt + gate * units;
    for (int row = from; row < to; row++) {
      int at = row * units;
      for (int j = 0; j < units; j++) {
        y[at + j] += parameters[a + j] * n[at + j];
      }
    }
  }

  /**
   * Overwrites n with dz and adds to the gradient, of rows [from, to).
   *
   * <pre>
   *   da += sum of dy * n      db += sum of dy
   *   dz = s (a * dy - mean of a * dy - n * mean of a * dy * n)
   * </pre>
   */
  void backward(
      float[][] dy,
      float[][] n,
      float[] s,
      int from,
      int to,
      float[] parameters,
      float[] gradient) {
    float columns = n.length * units;
    int biasAt = gainAt + n.length * units;
    for (int row = from; row < to; row++) {
      int at = row * units;
      float sum = 0;
      float products = 0;
      for (int gate = 0; gate < n.length; gate++) {
        float[] d = dy[gate];
        float[] normalized = n[gate];
        int a = gainAt + gate * units;
        int b = biasAt + gate * units;
        for (int j = 0; j < units; j++) {
          gradient[a + j] += d[at + j] * normalized[at + j];
          gradient[b + j] += d[at + j];
        }
        for (int j = 0; j < units; j++) {
          float scaled = parameters[a + j] * d[at + j];
          sum += scaled;
          products += scaled * normalized[at + j];
        }
      }
      float mean = sum / columns;
      float meanProduct = products / columns;
      for (int gate = 0; gate < n.length; gate++) {
        float[] d = dy[gate];
        float[] normalized = n[gate];
        int a = gainAt + gate * units;
        for (int j = 0; j < units; j++) {
          float scaled = parameters[a + j] * d[at + j];
          normalized[at + j] = s[row] * (scaled - mean - normalized[at + j] * meanProduct);
        }
      }
    }
  }

  private float sum(float[] x, int at) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int e = at;
    for (; e + 4 <= at + units; e += 4) {
      s0 += x[e];
      s1 += x[e + 1];
      s2 += x[e + 2];
      s3 += x[e + 3];
    }
    for (; e < at + units; e++) {
      s0 += x[e];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The compiler can't part a sum of floats by itself: four of them run side by side. */
  private float dot(float[] x, float[] y, int at) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int e = at;
    for (; e + 4 <= at + units; e += 4) {
      s0 += x[e] * y[e];
      s1 += x[e + 1] * y[e + 1];
      s2 += x[e + 2] * y[e + 2];
      s3 += x[e + 3] * y[e + 3];
    }
    for (; e < at + units; e++) {
      s0 += x[e] * y[e];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
