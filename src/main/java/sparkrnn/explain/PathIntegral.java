package sparkrnn.explain;

import java.util.Arrays;
import sparkrnn.network.EmbeddingSpec;
import sparkrnn.network.InputGradient;
import sparkrnn.network.Network;
import sparkrnn.sequence.PackedSequences;

/**
 * Integrated gradients: how much each feature of each time step moved an output away from what it
 * is for a baseline.
 *
 * <pre>
 *   a(n, j) = (e(n, j) - b(j)) * integral over p from 0 to 1 of df/de(n, j) at b + p (e - b)
 *
 *   sum of a over n and j = f(e) - f(b)      completeness: the gap is by how much it is missed
 * </pre>
 *
 * <p>The path is straight, between sequences of the same length. f is one output of each sequence,
 * as {@link InputGradient} has them; e what the first layer reads; b the same in every time step:
 * of a feature that is a number what the constructor was given, of one that is an id a vector of
 * zeros. What is attributed to an id is the sum over the numbers of its vector.
 *
 * <p>Shapes: N packed rows, S sequences, F features, E numbers that the first layer reads of a time
 * step.
 *
 * <pre>
 *   x (N, F)    e, df/de (N, E)    a (N, F)
 * </pre>
 *
 * <p>The gradients are single precision, their sums double. Each node of the quadrature costs one
 * run forward and back. For one thread; nothing is allocated once the buffers have grown to the
 * largest shard.
 *
 * <p>Source: Sundararajan, Taly and Yan 2017, equation 1. Our deviation: Gauss-Legendre quadrature
 * in place of the sum of their section 5, which needs fewer nodes.
 */
public final class PathIntegral {

  private final InputGradient gradient;
  private final int outputs;
  private final int E;

  /** Where the numbers of each feature begin in a row of e, then E. */
  private final int[] from;

  /** (E), b. */
  private final float[] baseline;

  private PackedSequences sequences = new PackedSequences();
  private float[] e = new float[0];
  private float[] point = new float[0];
  private float[] dPoint = new float[0];
  private float[] dOutputs = new float[0];

  /** (N, E), the weighted sum of gradients. */
  private double[] sums = new double[0];

  /** (S), f at both ends of the path. */
  private double[] atBaseline = new double[0];

  private double[] atEnd = new double[0];

  /**
   * @param parameters in the layout of the network; read only
   * @param baseline (F); what it holds for features that are ids is not read
   */
  public PathIntegral(Network network, float[] parameters, double[] baseline) {
    this.gradient = new InputGradient(network, parameters);
    this.outputs = network.spec().outputs();
    this.E = gradient.embeddedSize();
    this.from = places(network);
    this.baseline = new float[E];
    for (int feature = 0; feature < baseline.length; feature++) {
      if (!isId(network, feature)) {
        this.baseline[from[feature]] = (float) baseline[feature];
      }
    }
  }

  private static boolean isId(Network network, int feature) {
    return network.spec().embeddings().stream().anyMatch(each -> each.feature() == feature);
  }

  private static int[] places(Network network) {
    int[] from = new int[network.spec().inputs() + 1];
    Arrays.fill(from, 1, from.length, 1);
    for (EmbeddingSpec embedding : network.spec().embeddings()) {
      from[embedding.feature() + 1] = embedding.size();
    }
    Arrays.parallelPrefix(from, Integer::sum);
    return from;
  }

  /**
   * Takes sequences.
   *
   * @param x (N, F), packed rows
   * @return what the network makes of them, (S, K), or (N, K) without pooling; longer than needed
   *     is possible, and until the next call
   */
  public float[] begin(PackedSequences packed, float[] x) {
    sequences = packed;
    int size = packed.rows() * E;
    e = grown(e, size);
    point = grown(point, size);
    dPoint = grown(dPoint, size);
    System.arraycopy(gradient.embed(packed, x), 0, e, 0, size);
    return gradient.forward(packed, e);
  }

  /**
   * Integrates for the sequences of the last {@link #begin}.
   *
   * @param chosen for each sequence, in packed order, the place of its output f among those that
   *     begin returned
   */
  public void integrate(int[] chosen, GaussLegendre rule) {
    int size = sequences.rows() * E;
    int count = sequences.sequences();
    writeGradientOfChosen(chosen);
    atEnd = values(gradient.forward(sequences, e), chosen, atEnd);
    writePoint(0);
    atBaseline = values(gradient.forward(sequences, point), chosen, atBaseline);
    sums = sums.length >= size ? sums : new double[size];
    Arrays.fill(sums, 0, size, 0);
    for (int m = 0; m < rule.count(); m++) {
      writePoint(rule.node(m));
      gradient.forward(sequences, point);
      gradient.backward(sequences, dOutputs, dPoint);
      double weight = rule.weight(m);
      for (int i = 0; i < size; i++) {
        sums[i] += weight * dPoint[i];
      }
    }
    for (int s = 0; s < count; s++) {
      dOutputs[chosen[s]] = 0;
    }
  }

  /** One for each chosen output, zero for all others, as they are between the calls. */
  private void writeGradientOfChosen(int[] chosen) {
    dOutputs = grown(dOutputs, gradient.outputRows(sequences) * outputs);
    for (int s = 0; s < sequences.sequences(); s++) {
      dOutputs[chosen[s]] = 1;
    }
  }

  private double[] values(float[] all, int[] chosen, double[] buffer) {
    int count = sequences.sequences();
    double[] values = buffer.length >= count ? buffer : new double[count];
    for (int s = 0; s < count; s++) {
      values[s] = all[chosen[s]];
    }
    return values;
  }

  /** b + p (e - b). */
  private void writePoint(double p) {
    int size = sequences.rows() * E;
    for (int row = 0; row < size; row += E) {
      for (int j = 0; j < E; j++) {
        double b = baseline[j];
        point[row + j] = (float) (b + p * (e[row + j] - b));
      }
    }
  }

  /** a of a feature in a packed row. */
  public double attribution(int row, int feature) {
    double sum = 0;
    for (int j = from[feature]; j < from[feature + 1]; j++) {
      sum += (e[row * E + j] - baseline[j]) * sums[row * E + j];
    }
    return sum;
  }

  /** f(e) - f(b) of a sequence, by its packed place. */
  public double difference(int sequence) {
    return atEnd[sequence] - atBaseline[sequence];
  }

  private static float[] grown(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }
}
