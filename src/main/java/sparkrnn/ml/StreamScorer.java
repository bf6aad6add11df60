package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.sequence.PackedSequences;

/**
 * Runs a language model over rows of tokens, each from a state of zeros, a piece of each at a time
 * with the state carried on, so that memory does not grow with the length of a row. For one thread.
 */
final class StreamScorer {

  /** Time steps of a piece at most, and of all rows of a piece together. */
  private static final int PIECE = 128;

  private static final int ENOUGH_ROWS = 8_192;

  private final Network network;
  private final NetworkWorkspace workspace;
  private final PackedSequences sequences = new PackedSequences();
  private final float[] parameters;
  private final float[] output;
  private final float[] target = new float[1];
  private float[] x = new float[0];

  /** What a row cost: the sum over all its tokens but the first, and the state after the last. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Score(double nats, int tokens, float[] state) {

    /** Per token; NaN where nothing was predicted. */
    double natsPerToken() {
      return nats / tokens;
    }
  }

  /**
   * For one network.
   *
   * @param parameters in its layout; read only
   */
  StreamScorer(NetworkSpec spec, float[] parameters) {
    this.network = new Network(spec);
    this.workspace = network.newWorkspace();
    this.parameters = parameters;
    this.output = new float[spec.outputs()];
  }

  /** The scores of the rows, in their order. */
  List<Score> score(List<int[]> rows) {
    int size = network.stateSize();
    int[] order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(Comparator.comparingInt(row -> -rows.get(row).length))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] states = new float[Math.multiplyExact(rows.size(), size)];
    double[] nats = new double[rows.size()];
    int live = rows.size();
    int from = 0;
    while (live > 0) {
      int piece = Math.max(1, Math.min(PIECE, ENOUGH_ROWS / live));
      run(rows, order, live, from, piece, states);
      addNats(rows, order, live, from, nats);
      from += piece;
      while (live > 0 && rows.get(order[live - 1]).length <= from) {
        live--;
      }
    }
    network.clearStates(workspace);
    return inTheirOrder(rows, order, nats, states, size);
  }

  private void run(List<int[]> rows, int[] order, int live, int from, int piece, float[] states) {
    int[] lengths = new int[live];
    for (int s = 0; s < live; s++) {
      lengths[s] = Math.min(piece, rows.get(order[s]).length - from);
    }
    sequences.reset(lengths, live);
    x = x.length < sequences.rows() ? new float[sequences.rows()] : x;
    for (int t = 0; t < sequences.timeSteps(); t++) {
      for (int s = 0; s < sequences.liveRows(t); s++) {
        x[sequences.firstRow(t) + s] = rows.get(order[s])[from + t];
      }
    }
    network.setStates(workspace, live, states, 0);
    network.forward(workspace, sequences, x, parameters);
    network.copyStates(workspace, live, states, 0);
  }

  private void addNats(List<int[]> rows, int[] order, int live, int from, double[] nats) {
    for (int s = 0; s < live; s++) {
      int[] row = rows.get(order[s]);
      for (int t = 0; t < sequences.length(s) && from + t + 1 < row.length; t++) {
        int at = (sequences.firstRow(t) + s) * output.length;
        System.arraycopy(workspace.predictions(), at, output, 0, output.length);
        target[0] = row[from + t + 1];
        nats[s] += network.loss(output, target);
      }
    }
  }

  private static List<Score> inTheirOrder(
      List<int[]> rows, int[] order, double[] nats, float[] states, int size) {
    Score[] scores = new Score[rows.size()];
    for (int s = 0; s < order.length; s++) {
      float[] state = new float[size];
      System.arraycopy(states, s * size, state, 0, size);
      scores[order[s]] = new Score(nats[s], rows.get(order[s]).length - 1, state);
    }
    return new ArrayList<>(List.of(scores));
  }
}
