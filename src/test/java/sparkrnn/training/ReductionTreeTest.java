package sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.exchange.Contribution;
import sparkrnn.exchange.ContributionShape;
import sparkrnn.training.ReductionTree.Node;

/** If these fail, the trained weights depend on how many workers there are. */
class ReductionTreeTest {

  private static final long SEED = Long.getLong("seed", 5);
  private static final int PARAMETERS = 7;

  @Test
  void anyNumberOfWorkersGivesTheSameBits() {
    Random random = new Random(SEED);
    for (int shards = 1; shards <= 33; shards++) {
      float[][] gradients = new float[shards][PARAMETERS];
      for (float[] gradient : gradients) {
        for (int i = 0; i < PARAMETERS; i++) {
          gradient[i] = (float) random.nextGaussian();
        }
      }
      float[] alone = sum(gradients, 1);
      for (int workers = 2; workers <= shards; workers++) {
        assertThat(sum(gradients, workers))
            .as("seed %d, %d shards, %d workers", SEED, shards, workers)
            .isEqualTo(alone);
      }
    }
  }

  private static float[] sum(float[][] gradients, int workers) {
    int shards = gradients.length;
    List<List<Node>> subtrees = new ArrayList<>();
    List<Contribution> contributions = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      List<Node> nodes =
          ReductionTree.cover(shards * worker / workers, shards * (worker + 1) / workers, shards);
      Contribution contribution =
          new Contribution(new ContributionShape(0, nodes.size(), PARAMETERS));
      for (int i = 0; i < nodes.size(); i++) {
        ReductionTree.sum(
            nodes.get(i),
            (shard, into) -> System.arraycopy(gradients[shard], 0, into, 0, PARAMETERS),
            contribution.sums[i],
            new float[ReductionTree.height(nodes.get(i))][PARAMETERS]);
      }
      subtrees.add(nodes);
      contributions.add(contribution);
    }
    return new TreeTop(subtrees, shards).sum(contributions).clone();
  }

  @Test
  void alignedWorkersSendOneSumEach() {
    assertThat(ReductionTree.cover(0, 4, 8)).containsExactly(new Node(0, 4));
    assertThat(ReductionTree.cover(4, 8, 8)).containsExactly(new Node(4, 8));
    assertThat(ReductionTree.cover(1, 4, 8)).containsExactly(new Node(1, 2), new Node(2, 4));
  }
}
