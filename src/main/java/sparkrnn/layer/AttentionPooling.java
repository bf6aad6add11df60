package sparkrnn.layer;

import java.util.Arrays;
import java.util.List;
import sparkrnn.cell.GradientReach;
import sparkrnn.linalg.Activations;
import sparkrnn.linalg.Blas;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;
import sparkrnn.sequence.SequenceSegment;

/**
 * A mean over the time steps of each sequence whose weights are learnt.
 *
 * <pre>
 *   u(t) = tanh(y(t) W + b)
 *   s(t) = u(t) v
 *   a(t) = exp(s(t)) / (exp(s(0)) + ... + exp(s(L-1)))        L: the length of the sequence
 *   pooled = a(0) y(0) + ... + a(L-1) y(L-1)
 * </pre>
 *
 * <p>Shapes: S sequences, N packed rows, H columns of y, and as many of u.
 *
 * <pre>
 *   y, u (N, H)    s, a (N)    pooled (S, H)
 *   W (H, H)    b (H)    v (H, 1)     "attention_pooling/kernel", "/bias", "/query", row-major
 * </pre>
 *
 * <p>Kept from forward for backward: u, a, and a reference to y. Nothing is allocated in either
 * once the buffers have grown to the largest shard.
 *
 * <p>Source: Bahdanau, Cho and Bengio 2015 (additive scores), with one learnt query for all
 * sequences as Yang et al. 2016, equations 5 to 7. In Keras it is Dense(H, "tanh"), then Dense(1)
 * without a bias, then a softmax over the time steps.
 */
final class AttentionPooling implements Pooling {

  private static final String KERNEL = "attention_pooling/kernel";
  private static final String QUERY = "attention_pooling/query";

  private final int columns;
  private final int kernelAt;
  private final int biasAt;
  private final int queryAt;

  /** Appends the parameters to a layout. */
  AttentionPooling(ParameterLayout.Builder layout, int columns) {
    this.columns = columns;
    this.kernelAt = layout.add(KERNEL, columns, columns);
    this.biasAt = layout.add("attention_pooling/bias", columns);
    this.queryAt = layout.add(QUERY, columns, 1);
  }

  @Override
  public List<String> kernels() {
    return List.of(KERNEL, QUERY);
  }

  @Override
  public void forward(
      PoolingWorkspace workspace, PackedSequences sequences, float[] y, float[] parameters) {
    int N = sequences.rows();
    int H = columns;
    workspace.growPooled(sequences.sequences() * H);
    workspace.growAttention(N, N, H);
    workspace.y = y;
    writeScores(N, y, parameters, workspace.u, workspace.attention, 0);
    for (int s = 0; s < sequences.sequences(); s++) {
      softmax(sequences, s, workspace.attention);
    }
    writePooled(workspace, sequences);
  }

  /** u, and s of as many rows from scoresAt on. */
  private void writeScores(
      int N, float[] y, float[] parameters, float[] u, float[] scores, int scoresAt) {
    int H = columns;
    for (int row = 0; row < N; row++) {
      System.arraycopy(parameters, biasAt, u, row * H, H);
    }
    Blas.multiply(N, H, H, y, 0, H, parameters, kernelAt, H, 1f, u, 0, H);
    Activations.tanh(u, 0, N * H);
    Blas.multiply(N, 1, H, u, 0, H, parameters, queryAt, 1, 0f, scores, scoresAt, 1);
  }

  /** a(t) from s(t), in place, of one sequence. */
  private static void softmax(PackedSequences sequences, int s, float[] a) {
    int length = sequences.length(s);
    float largest = a[s];
    for (int t = 1; t < length; t++) {
      largest = Math.max(largest, a[sequences.firstRow(t) + s]);
    }
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += StrictMath.exp((double) a[sequences.firstRow(t) + s] - largest);
    }
    for (int t = 0; t < length; t++) {
      int row = sequences.firstRow(t) + s;
      a[row] = (float) (StrictMath.exp((double) a[row] - largest) / sum);
    }
  }

  private void writePooled(PoolingWorkspace workspace, PackedSequences sequences) {
    float[] pooled = workspace.pooled;
    Arrays.fill(pooled, 0, sequences.sequences() * columns, 0f);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      int row = sequences.firstRow(t);
      for (int s = 0; s < sequences.liveRows(t); s++) {
        float a = workspace.attention[row + s];
        int from = (row + s) * columns;
        int to = s * columns;
        for (int j = 0; j < columns; j++) {
          pooled[to + j] += a * workspace.y[from + j];
        }
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <pre>
   *   da(t) = dPooled y(t)'
   *   ds(t) = a(t) (da(t) - (a(0) da(0) + ... + a(L-1) da(L-1)))
   *   dz(t) = ds(t) v' * (1 - u(t)^2)
   *   dy(t) = a(t) dPooled + dz(t) W'
   *   dv += u' ds      dW += y' dz      db += column sums of dz
   * </pre>
   *
   * <p>dz overwrites u.
   */
  @Override
  public void backward(
      PoolingWorkspace workspace,
      PackedSequences sequences,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    writeDs(workspace, sequences, dy);
    addGradients(workspace, sequences.rows(), workspace.y, dy, parameters, gradient);
  }

  /** From ds and u on. */
  private void addGradients(
      PoolingWorkspace w, int N, float[] y, float[] dy, float[] parameters, float[] gradient) {
    int H = columns;
    Blas.multiplyTransposedA(H, 1, N, w.u, 0, H, w.ds, 0, 1, 1f, gradient, queryAt, 1);
    for (int row = 0; row < N; row++) {
      for (int j = row * H; j < (row + 1) * H; j++) {
        w.u[j] = w.ds[row] * parameters[queryAt + j - row * H] * (1f - w.u[j] * w.u[j]);
      }
    }
    Blas.multiplyTransposedB(N, H, H, w.u, 0, H, parameters, kernelAt, H, 1f, dy, 0, H);
    Blas.multiplyTransposedA(H, H, N, y, 0, H, w.u, 0, H, 1f, gradient, kernelAt, H);
    for (int row = 0; row < N; row++) {
      for (int j = 0; j < H; j++) {
        gradient[biasAt + j] += w.u[row * H + j];
      }
    }
  }

  /** Overwrites ds, and dy with a(t) dPooled. */
  private void writeDs(PoolingWorkspace w, PackedSequences sequences, float[] dy) {
    float[] dPooled = w.dPooled();
    for (int s = 0; s < sequences.sequences(); s++) {
      int pooledAt = s * columns;
      float mean = 0;
      for (int t = 0; t < sequences.length(s); t++) {
        int row = sequences.firstRow(t) + s;
        float a = w.attention[row];
        float da = 0;
        for (int j = 0; j < columns; j++) {
          da += dPooled[pooledAt + j] * w.y[row * columns + j];
          dy[row * columns + j] = a * dPooled[pooledAt + j];
        }
        w.ds[row] = da;
        mean += a * da;
      }
      for (int t = 0; t < sequences.length(s); t++) {
        int row = sequences.firstRow(t) + s;
        w.ds[row] = w.attention[row] * (w.ds[row] - mean);
      }
    }
  }

  @Override
  public void beginSegments(PoolingWorkspace workspace, PackedSequences whole) {
    workspace.growPooled(whole.sequences() * columns);
    workspace.growOnline(whole.sequences());
    Arrays.fill(workspace.pooled, 0, whole.sequences() * columns, 0f);
    Arrays.fill(workspace.largest, 0, whole.sequences(), Float.NEGATIVE_INFINITY);
    Arrays.fill(workspace.sums, 0, whole.sequences(), 0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>What is pooled so far is the sum of exp(s(t) - largest) y(t), scaled anew where a segment
   * has a larger score (Milakov and Gimelshein 2018, algorithm 3).
   */
  @Override
  public void forwardSegment(
      PoolingWorkspace workspace, SequenceSegment segment, float[] y, float[] parameters) {
    PoolingWorkspace w = workspace;
    PackedSequences sequences = segment.sequences();
    int first = segment.firstRow();
    w.growAttention(segment.whole().rows(), sequences.rows(), columns);
    writeScores(sequences.rows(), y, parameters, w.u, w.attention, first);
    for (int s = 0; s < sequences.sequences(); s++) {
      float largest = w.largest[s];
      for (int t = 0; t < sequences.length(s); t++) {
        largest = Math.max(largest, w.attention[first + sequences.firstRow(t) + s]);
      }
      scale(w, s, StrictMath.exp((double) w.largest[s] - largest));
      w.largest[s] = largest;
      for (int t = 0; t < sequences.length(s); t++) {
        int row = sequences.firstRow(t) + s;
        double e = StrictMath.exp((double) w.attention[first + row] - largest);
        w.sums[s] += e;
        addRow(w.pooled, s * columns, (float) e, y, row * columns);
      }
    }
  }

  private void scale(PoolingWorkspace w, int s, double factor) {
    w.sums[s] *= factor;
    for (int j = s * columns; j < (s + 1) * columns; j++) {
      w.pooled[j] *= (float) factor;
    }
  }

  /** pooled += a y, one row of each. */
  private void addRow(float[] pooled, int to, float a, float[] y, int from) {
    for (int j = 0; j < columns; j++) {
      pooled[to + j] += a * y[from + j];
    }
  }

  @Override
  public void endSegments(PoolingWorkspace workspace, PackedSequences whole) {
    PoolingWorkspace w = workspace;
    for (int s = 0; s < whole.sequences(); s++) {
      for (int t = 0; t < whole.length(s); t++) {
        int row = whole.firstRow(t) + s;
        double e = StrictMath.exp((double) w.attention[row] - w.largest[s]);
        w.attention[row] = (float) (e / w.sums[s]);
      }
      scale(w, s, 1 / w.sums[s]);
    }
  }

  /** a(0) da(0) + ... + a(L-1) da(L-1) is dPooled pooled'. */
  @Override
  public void beginBackward(PoolingWorkspace workspace, PackedSequences whole) {
    for (int s = 0; s < whole.sequences(); s++) {
      float mean = 0;
      for (int j = s * columns; j < (s + 1) * columns; j++) {
        mean += workspace.dPooled()[j] * workspace.pooled[j];
      }
      workspace.largest[s] = mean;
    }
  }

  @Override
  public void backwardSegment(
      PoolingWorkspace workspace,
      SequenceSegment segment,
      float[] y,
      float[] dy,
      float[] parameters,
      float[] gradient) {
    PoolingWorkspace w = workspace;
    PackedSequences sequences = segment.sequences();
    int N = sequences.rows();
    w.growAttention(segment.whole().rows(), N, columns);
    writeScores(N, y, parameters, w.u, w.ds, 0);
    for (int t = 0; t < sequences.timeSteps(); t++) {
      for (int s = 0; s < sequences.liveRows(t); s++) {
        int row = sequences.firstRow(t) + s;
        float a = w.attention[segment.firstRow() + row];
        float da = 0;
        for (int j = 0; j < columns; j++) {
          da += w.dPooled()[s * columns + j] * y[row * columns + j];
          dy[row * columns + j] = a * w.dPooled()[s * columns + j];
        }
        w.ds[row] = a * (da - w.largest[s]);
      }
    }
    addGradients(w, N, y, dy, parameters, gradient);
  }

  @Override
  public GradientReach reach() {
    return GradientReach.ALL_ROWS;
  }
}
