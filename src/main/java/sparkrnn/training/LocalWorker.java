package sparkrnn.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.exchange.Round;
import sparkrnn.exchange.RoundWorker;
import sparkrnn.training.ReductionTree.Node;

/**
 * A worker whose replicas make the training steps of several batches before it answers: with the
 * sums of what they have come to. There is a replica for each shard of a batch, whoever has it, so
 * that what comes out does not depend on the cluster.
 *
 * <p>The parameters of its rounds are a {@link FlatState}, and the sums of its contributions are.
 */
final class LocalWorker implements RoundWorker {

  private final LocalTools tools;
  private final List<Node> subtrees;
  private final int firstShard;
  private final Replica[] replicas;
  private final Contribution answer;
  private boolean kept;

  /**
   * Before its first round.
   *
   * @param subtrees what it adds up
   * @param from its first shard
   * @param inner what {@link ShardWorker} answers for its shards
   */
  LocalWorker(
      LocalTools tools, List<Node> subtrees, int from, ContributionShape inner, int states) {
    this.tools = tools;
    this.subtrees = subtrees;
    this.firstShard = from;
    this.replicas =
        IntStream.range(from, from + inner.losses())
            .mapToObj(shard -> new Replica(shard, tools, states))
            .toArray(Replica[]::new);
    this.answer = new Contribution(new ContributionShape(inner.losses(), 0, 0, inner.states(), 0));
  }

  @Override
  public void compute(Round asked, Contribution into) {
    if (asked.kind == RoundKind.TRAIN.number()) {
      train(asked, into);
    } else {
      evaluate(asked, into);
    }
  }

  /** The losses of the parameters that all agree on. */
  private void evaluate(Round asked, Contribution into) {
    Round round = replicas[0].round();
    replicas[0].begin(asked);
    round.kind = asked.kind;
    tools.shards().compute(round, answer);
    Arrays.fill(into.losses, 0);
    System.arraycopy(answer.losses, 0, into.losses, 0, answer.losses.length);
    into.hasSums = false;
  }

  private void train(Round asked, Contribution into) {
    int batches = (int) asked.arguments[LocalArguments.BATCHES];
    for (int r = 0; r < replicas.length; r++) {
      replicas[r].begin(asked);
      keepFrozen(replicas[r]);
      for (int i = 0; i < batches; i++) {
        replicas[r].step(asked, i, answer);
        int at = i * replicas.length + r;
        into.losses[at] = answer.losses[r];
        replicas[r].writeMeasures(into.measures, at * LocalArguments.MEASURES);
      }
    }
    System.arraycopy(answer.states, 0, into.states, 0, into.states.length);
    for (int i = 0; i < subtrees.size(); i++) {
      Node node = subtrees.get(i);
      addUp(node.lo(), node.hi()).state().write(into.sums[i]);
    }
    into.hasSums = true;
  }

  /** Their bits are in every state, so those of the first are as good as any. */
  private void keepFrozen(Replica replica) {
    if (!kept) {
      tools.frozen().keep(replica.round().parameters);
      kept = true;
    }
  }

  /** Gives what is not trained its bits in averages of what all replicas have come to. */
  void restoreFrozen(float[] state) {
    tools.frozen().restore(state);
  }

  /** Adds up the replicas of a subtree in the first of them. */
  private Replica addUp(int lo, int hi) {
    Replica left = replicas[lo - firstShard];
    if (hi - lo > 1) {
      int middle = new Node(lo, hi).middle();
      left = addUp(lo, middle);
      left.state().add(addUp(middle, hi).state());
    }
    return left;
  }
}
