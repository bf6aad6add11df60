package sparkrnn.training;

import java.util.ArrayList;
import java.util.List;
import sparkrnn.exchange.Contribution;
import sparkrnn.training.ReductionTree.Node;

/**
 * The upper part of the {@link ReductionTree}, which the driver adds up from the workers' subtrees.
 */
final class TreeTop {

  /** Where a subtree's sum arrives. */
  private record Place(int worker, int sum) {
    float[] in(List<Contribution> contributions) {
      return contributions.get(worker).sums[sum];
    }
  }

  /** One addition: the sum at {@code from} is added to that at {@code to}. */
  private record Addition(Place to, Place from) {}

  private final List<Addition> additions = new ArrayList<>();
  private final Place root;

  /**
   * The additions for workers with these subtrees.
   *
   * @param subtrees by worker, as {@link ReductionTree#cover} gives them
   */
  TreeTop(List<List<Node>> subtrees, int shards) {
    this.root = plan(new Node(0, shards), subtrees);
  }

  private Place plan(Node node, List<List<Node>> subtrees) {
    for (int worker = 0; worker < subtrees.size(); worker++) {
      int sum = subtrees.get(worker).indexOf(node);
      if (sum >= 0) {
        return new Place(worker, sum);
      }
    }
    Place left = plan(new Node(node.lo(), node.middle()), subtrees);
    Place right = plan(new Node(node.middle(), node.hi()), subtrees);
    additions.add(new Addition(left, right));
    return left;
  }

  /** The sum over all shards; changes the contributions. */
  float[] sum(List<Contribution> contributions) {
    for (Addition addition : additions) {
      ReductionTree.add(addition.to().in(contributions), addition.from().in(contributions));
    }
    return root.in(contributions);
  }
}
