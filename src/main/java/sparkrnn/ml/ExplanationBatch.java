package sparkrnn.ml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sparkrnn.data.DecodedSequence;
import sparkrnn.data.ShardBuffer;
import sparkrnn.explain.GaussLegendre;
import sparkrnn.explain.PathIntegral;
import sparkrnn.network.Network;

/** Sequences that are explained together. Buffers are kept from batch to batch; for one thread. */
final class ExplanationBatch implements RowBatch {

  private static final int UNKNOWN = -1;

  private final ExplanationPlan plan;
  private final Network network;
  private final PathIntegral integral;
  private final ShardBuffer shard;
  private final Map<Integer, GaussLegendre> rules = new HashMap<>();
  private final List<DecodedSequence> sequences = new ArrayList<>();
  private final List<Explained> explained = new ArrayList<>();
  private long timeSteps;

  /** What is known of a sequence. */
  private static final class Explained {
    int output = UNKNOWN;
    double[][] attributions;
    double gap;
    boolean exact;
  }

  /**
   * @param parameters in the layout of the network; read only
   */
  ExplanationBatch(ExplanationPlan plan, float[] parameters) {
    this.plan = plan;
    this.network = new Network(plan.spec());
    this.integral = new PathIntegral(network, parameters, plan.baseline());
    this.shard = new ShardBuffer(plan.spec().inputs());
  }

  @Override
  public void clear() {
    sequences.clear();
    explained.clear();
    timeSteps = 0;
  }

  @Override
  public void add(DecodedSequence sequence) {
    sequences.add(sequence);
    explained.add(new Explained());
    timeSteps += sequence.timeSteps();
  }

  @Override
  public int sequences() {
    return sequences.size();
  }

  @Override
  public long timeSteps() {
    return timeSteps;
  }

  /** Explains all, and those again with more and more nodes whose gap is too large. */
  @Override
  public void compute() {
    List<Integer> open = IntStream.range(0, sequences.size()).boxed().toList();
    int steps = plan.how().steps();
    int most = plan.how().maxSteps() / 2;
    for (boolean more = true; more && !open.isEmpty(); steps *= 2) {
      explain(open, rules.computeIfAbsent(steps, GaussLegendre::new));
      open = open.stream().filter(place -> !explained.get(place).exact).toList();
      more = steps <= most;
    }
  }

  private void explain(List<Integer> places, GaussLegendre rule) {
    shard.clear();
    for (int place : places) {
      shard.add(sequences.get(place).values(), 0, sequences.get(place).timeSteps());
    }
    shard.pack();
    float[] outputs = integral.begin(shard.sequences(), shard.x());
    int[] chosen = new int[places.size()];
    for (int packed = 0; packed < chosen.length; packed++) {
      chosen[packed] = chosen(packed, explained.get(places.get(shard.added(packed))), outputs);
    }
    integral.integrate(chosen, rule);
    for (int packed = 0; packed < chosen.length; packed++) {
      read(packed, explained.get(places.get(shard.added(packed))));
    }
  }

  /** The place of the explained output among all; which it is stays when it is computed again. */
  private int chosen(int packed, Explained one, float[] outputs) {
    int timeStep = plan.timeStep(shard.timeSteps(packed));
    int K = plan.spec().outputs();
    if (one.output == UNKNOWN) {
      one.output = plan.choice().of(raw(packed, outputs), timeStep);
    }
    return headRow(packed, timeStep) * K + one.output;
  }

  private int headRow(int packed, int timeStep) {
    return network.everyTimeStep() ? shard.row(packed, timeStep) : packed;
  }

  private double[] raw(int packed, float[] outputs) {
    int K = plan.spec().outputs();
    int rows = network.everyTimeStep() ? shard.timeSteps(packed) : 1;
    double[] raw = new double[Math.multiplyExact(rows, K)];
    for (int t = 0; t < rows; t++) {
      for (int k = 0; k < K; k++) {
        raw[t * K + k] = outputs[headRow(packed, t) * K + k];
      }
    }
    return raw;
  }

  private void read(int packed, Explained one) {
    int features = plan.spec().inputs();
    double sum = 0;
    double size = 0;
    one.attributions = new double[shard.timeSteps(packed)][features];
    for (int t = 0; t < one.attributions.length; t++) {
      for (int feature = 0; feature < features; feature++) {
        double attribution = integral.attribution(shard.row(packed, t), feature);
        one.attributions[t][feature] = attribution;
        sum += attribution;
        size += Math.abs(attribution);
      }
    }
    double difference = integral.difference(packed);
    one.gap = sum - difference;
    one.exact = Math.abs(one.gap) <= plan.how().tolerance() * Math.max(size, Math.abs(difference));
  }

  /** (time steps, features) of the sequence that was added as this one, from 0. */
  double[][] attributions(int added) {
    return explained.get(added).attributions;
  }

  /** By how much its attributions miss what they should sum to. */
  double gap(int added) {
    return explained.get(added).gap;
  }
}
