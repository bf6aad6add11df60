package sparkrnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.RandomTest;
import sparkrnn.contract.Floats;
import sparkrnn.contract.Shard;
import sparkrnn.network.Network;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.NetworkWorkspace;
import sparkrnn.network.RecurrentSpec;
import sparkrnn.sequence.PackedSequences;

/** If it fails, the report on gradients is about something else than what trains the network. */
class GradientFlowTest {

  private static final float[] ONE = {1};

  private static RecurrentSpec layer(String cell, int units, boolean bidirectional) {
    return new RecurrentSpec(
        cell, units, "tanh", "glorot_uniform", "orthogonal", bidirectional, 0, 0);
  }

  /**
   * With W and b of 0 every state is 0 and tanh has the slope 1, so that the gradient is multiplied
   * by u in every time step: 2 (prediction - target) v u^d.
   */
  @Test
  void gradientFallsAndGrowsByTheRecurrentWeight() {
    NetworkSpec spec = new NetworkSpec(1, List.of(layer("simpleRnn", 1, false)), 1, "mse", 1);
    Network network = new Network(spec);
    for (float u : new float[] {0.5f, 1.5f}) {
      float[] parameters = new float[network.layout().size()];
      parameters[network.layout().tensor("simple_rnn_0/recurrent_kernel").offset()] = u;
      parameters[network.layout().tensor("dense/kernel").offset()] = -0.25f;
      GradientFlow flow = new GradientFlow(network, parameters);
      float[] targets = {3, 1};
      flow.add(PackedSequences.of(20, 6), new float[26], targets, new float[] {1, 1});
      FlowSums sums = flow.sums().plus(FlowSums.none(1));
      assertThat(sums.sequences()).isEqualTo(2);
      double[] means = sums.means(0);
      assertThat(means).hasSize(20);
      for (int d = 0; d < 20; d++) {
        double error = d < 6 ? 4 : 6; // The mean of 2 x 3 and 2 x 1, or the first alone.
        assertThat(means[d])
            .as("%s, %d back", u, d)
            .isCloseTo(error * 0.25 * Math.pow(u, d), within(1e-5 * Math.pow(u, d)));
        assertThat(sums.counts()[d]).isEqualTo(d < 6 ? 2 : 1);
      }
    }
  }

  /** The rest of a sequence, begun with a state that is a little off, costs a little more. */
  @RandomTest
  void normIsTheSlopeOfTheLossByTheState(Random random) {
    for (String cell : List.of("simpleRnn", "lstm", "layerNormLstm", "gru")) {
      NetworkSpec spec =
          new NetworkSpec(2, List.of(layer("gru", 3, false), layer(cell, 4, false)), 1, "mse", 1);
      Network network = new Network(spec);
      float[] parameters = Floats.normals(random, network.layout().size(), 0.5);
      float[] x = Floats.normals(random, 2 * 6, 1);
      float[] target = {2};
      GradientFlow flow = new GradientFlow(network, parameters);
      flow.add(PackedSequences.of(6), x, target, ONE);
      float[] states = states(network, parameters, Arrays.copyOf(x, 8));
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        double slope = slope(network, parameters, Arrays.copyOfRange(x, 8, 12), states, 3 + j);
        sum += slope * slope;
      }
      // The state after four time steps is two before the last one.
      double norm = flow.sums().means(1)[2];
      assertThat(norm).as(cell).isCloseTo(Math.sqrt(sum), within(1e-3 + 0.02 * norm));
    }
  }

  private static float[] states(Network network, float[] parameters, float[] x) {
    NetworkWorkspace workspace = network.newWorkspace();
    float[] states = new float[network.stateSize()];
    network.setStates(workspace, 1, states, 0);
    network.forward(workspace, PackedSequences.of(x.length / 2), x, parameters);
    network.copyStates(workspace, 1, states, 0);
    return states;
  }

  private static double slope(
      Network network, float[] parameters, float[] x, float[] states, int place) {
    double step = 0.02;
    float[] moved = states.clone();
    moved[place] = (float) (states[place] + step);
    double above = loss(network, parameters, x, moved);
    moved[place] = (float) (states[place] - step);
    return (above - loss(network, parameters, x, moved)) / (2 * step);
  }

  private static double loss(Network network, float[] parameters, float[] x, float[] states) {
    NetworkWorkspace workspace = network.newWorkspace();
    network.setStates(workspace, 1, states, 0);
    PackedSequences sequences = PackedSequences.of(x.length / 2);
    network.forward(workspace, sequences, x, parameters);
    return network.loss(workspace, sequences, new float[] {2}, ONE);
  }

  /** Norms are written down without changing a bit of what trains the network. */
  @RandomTest
  void gradientsKeepTheirBits(Random random) {
    NetworkSpec spec =
        new NetworkSpec(
            2, List.of(layer("lstm", 5, true), layer("gru", 4, true)), 1, "mse", 1, "mean");
    Network network = new Network(spec);
    float[] parameters = Floats.normals(random, network.layout().size(), 0.5);
    Shard shard = Shard.draw(random, 5, 6);
    float[] x = Floats.normals(random, 2 * shard.rows(), 1);
    float[] targets = Floats.normals(random, 5, 1);
    float[] weights = {1, 1, 1, 1, 1};
    float[] plain = new float[parameters.length];
    float[] noted = new float[parameters.length];
    network.addGradient(
        network.newWorkspace(), shard.packed(), x, targets, weights, 1, parameters, plain);
    NetworkWorkspace workspace = network.newWorkspace();
    double[] norms = new double[shard.rows()];
    Arrays.fill(norms, Double.NaN);
    workspace.setGradientNorms(1, 1, norms);
    network.addGradient(workspace, shard.packed(), x, targets, weights, 1, parameters, noted);
    assertThat(noted).isEqualTo(plain);
    assertThat(norms).doesNotContain(Double.NaN, 0.0);
  }

  /** Sequences in one shard or in several, on one executor or on many. */
  @RandomTest
  void sumsOfPartsAreThatOfTheWhole(Random random) {
    NetworkSpec spec =
        new NetworkSpec(2, List.of(layer("lstm", 5, true)), 1, "mse", 1, "attention");
    Network network = new Network(spec);
    float[] parameters = Floats.normals(random, network.layout().size(), 0.5);
    float[] x = Floats.normals(random, 2 * 9, 1);
    float[] targets = {1, 2};
    GradientFlow whole = new GradientFlow(network, parameters);
    whole.add(PackedSequences.of(6, 3), x, targets, new float[] {1, 1});
    Shard shard = new Shard(new int[] {6, 3});
    GradientFlow first = new GradientFlow(network, parameters);
    first.add(PackedSequences.of(6), shard.alone(0, x, 2), targets, ONE);
    GradientFlow second = new GradientFlow(network, parameters);
    second.add(PackedSequences.of(3), shard.alone(1, x, 2), new float[] {2}, ONE);
    FlowSums parts = second.sums().plus(first.sums());
    for (int cell = 0; cell < 2; cell++) {
      assertThat(parts.means(cell)).containsExactly(whole.sums().means(cell), within(1e-6));
    }
    assertThat(parts.counts()).containsExactly(2, 2, 2, 1, 1, 1);
  }
}
