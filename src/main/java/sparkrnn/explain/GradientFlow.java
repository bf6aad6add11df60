package sparkrnn.explain;

import java.util.Arrays;
import java.util.List;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.sequence.PackedSequences;

/**
 * How much of the gradient of the loss reaches each time step, in each cell of a network.
 *
 * <pre>
 *   norm(d) = mean over the sequences longer than d of |dE/dh(T-1-d)|
 * </pre>
 *
 * <p>E is the loss of a sequence, T its length; h(t) is the state of the cell after t + 1 time
 * steps in the order of its reading. The gradient is the whole one: what the layer above hands to
 * h(t), and what comes back through h(t+1).
 *
 * <p>Sums are double. For one thread; nothing is allocated for a shard that is not longer and not
 * larger than those before.
 *
 * <p>Source: Pascanu, Mikolov and Bengio 2013, section 2.
 */
public final class GradientFlow {

  private final Network network;
  private final float[] parameters;
  private final NetworkWorkspace workspace;
  private final float[] unread;
  private final double[][] norms;
  private FlowSums sums;

  /**
   * @param parameters in the layout of the network; read only
   */
  public GradientFlow(Network network, float[] parameters) {
    this.network = network;
    this.parameters = parameters;
    this.workspace = network.newWorkspace();
    this.unread = new float[network.layout().size()];
    int cells =
        network.spec().recurrentLayers().stream()
            .mapToInt(layer -> layer.bidirectional() ? 2 : 1)
            .sum();
    norms = new double[cells][0];
    sums = FlowSums.none(cells);
  }

  /**
   * Takes sequences in.
   *
   * @param x as of {@link Network#addGradient}
   * @param targets as there
   * @param weights as there: 1, or 0 for what does not count
   */
  public void add(PackedSequences sequences, float[] x, float[] targets, float[] weights) {
    grow(sequences.rows());
    network.addGradient(workspace, sequences, x, targets, weights, 1, parameters, unread);
    sums = sums.longEnough(sequences.timeSteps());
    for (int s = 0; s < sequences.sequences(); s++) {
      int length = sequences.length(s);
      for (int d = 0; d < length; d++) {
        int row = sequences.firstRow(length - 1 - d) + s;
        sums.counts()[d]++;
        for (int cell = 0; cell < norms.length; cell++) {
          sums.norms()[cell][d] += norms[cell][row];
        }
      }
    }
  }

  private void grow(int rows) {
    if (norms[0].length >= rows) {
      return;
    }
    Arrays.setAll(norms, cell -> new double[rows]);
    int cell = 0;
    List<RecurrentSpec> layers = network.spec().recurrentLayers();
    for (int i = 0; i < layers.size(); i++) {
      for (int direction = 0; direction < (layers.get(i).bidirectional() ? 2 : 1); direction++) {
        workspace.setGradientNorms(i, direction, norms[cell++]);
      }
    }
  }

  /** The sums over all sequences so far; cells the lowest layer first, of each forward first. */
  public FlowSums sums() {
    return sums;
  }
}
