package sparkrnn.training;

import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.Round;
import sparkrnn.optim.GradientClipping;
import sparkrnn.optim.Optimizer;

/**
 * A copy of the network that makes training steps by itself, each with the sequences of one shard
 * of a batch: it does with them what {@link DriverSteps} does with a whole batch.
 */
final class Replica {

  private final int shard;
  private final LocalTools tools;
  private final Round round;
  private final Optimizer optimizer;
  private final FlatState state;
  private double norm;
  private double penalty;
  private int place;

  /**
   * Before its first step.
   *
   * @param tools what the replicas of a worker share
   * @param states numbers of state that a round carries
   */
  Replica(int shard, LocalTools tools, int states) {
    this.shard = shard;
    this.tools = tools;
    this.round = new Round(tools.gradient().length, states);
    this.optimizer = tools.optimizer();
    this.state = new FlatState(round.parameters, optimizer);
  }

  /** Goes on from the state that a round carries. */
  void begin(Round asked) {
    state.read(asked.parameters, (long) asked.arguments[LocalArguments.STEP]);
    System.arraycopy(asked.states, 0, round.states, 0, round.states.length);
  }

  /** Its parameters, live, in a round that a worker can be asked. */
  Round round() {
    return round;
  }

  /** What it has come to, live. */
  FlatState state() {
    return state;
  }

  /**
   * Makes the training step of the i-th batch of a round; none where its shard is empty, which in
   * the last batch of an epoch it may be.
   *
   * @param answer gets the loss and the states of the shard
   */
  void step(Round asked, int i, Contribution answer) {
    int batch = asked.batch + i;
    long examples = tools.plan().examples(batch, shard);
    float[] gradient = tools.gradient();
    round.epoch = asked.epoch;
    round.batch = batch;
    round.scale =
        examples == 0 ? 0 : (float) (1 / (examples * asked.arguments[LocalArguments.MEAN_WEIGHT]));
    tools.shards().computeShard(round, shard, gradient, answer);
    penalty = tools.regularization().addGradient(round.parameters, gradient);
    tools.frozen().clear(gradient);
    norm = tools.clipping().clip(gradient);
    place = Double.isFinite(norm) ? -1 : GradientClipping.firstNotFinite(gradient);
    if (examples > 0) {
      optimizer.step(round.parameters, gradient, asked.arguments[LocalArguments.RATES + i]);
      tools.regularization().limit(round.parameters);
      tools.frozen().restore(round.parameters);
    }
  }

  /** Writes what there is to say of the last step. */
  void writeMeasures(double[] measures, int at) {
    measures[at + LocalArguments.NORM] = norm;
    measures[at + LocalArguments.PLACE] = place;
    measures[at + LocalArguments.PENALTY] = penalty;
  }
}
