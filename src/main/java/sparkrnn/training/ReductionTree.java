package sparkrnn.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the gradients of a batch's shards are added: a fixed pairwise tree over the
 * shard index, whoever computes the shards. Floating-point sums depend on their order, so this is
 * what makes the result of a fit independent of the cluster.
 *
 * <pre>
 *   sum[lo, hi) = shard lo                           where hi = lo + 1
 *               = sum[lo, mid) + sum[mid, hi)        mid = lo + (hi - lo) / 2
 * </pre>
 *
 * <p>A worker owns consecutive shards and adds up the largest complete subtrees among them.
 */
final class ReductionTree {

  /** A subtree: the sum over shards lo (included) to hi (excluded). */
  record Node(int lo, int hi) {

    int middle() {
      return lo + (hi - lo) / 2;
    }

    boolean isLeaf() {
      return hi - lo == 1;
    }
  }

  /** Overwrites a flat array with the gradient of a shard. */
  interface Leaf {
    void write(int shard, float[] gradient);
  }

  private ReductionTree() {}

  /** The fewest subtrees of a tree of {@code leaves} shards that make up [from, to), in order. */
  static List<Node> cover(int from, int to, int leaves) {
    List<Node> nodes = new ArrayList<>();
    cover(new Node(0, leaves), from, to, nodes);
    return nodes;
  }

  private static void cover(Node node, int from, int to, List<Node> nodes) {
    if (node.hi() <= from || node.lo() >= to) {
      return;
    }
    if (from <= node.lo() && node.hi() <= to) {
      nodes.add(node);
      return;
    }
    cover(new Node(node.lo(), node.middle()), from, to, nodes);
    cover(new Node(node.middle(), node.hi()), from, to, nodes);
  }

  /** How many arrays {@link #sum} needs besides its result: the height of the tree. */
  static int height(Node node) {
    return node.isLeaf() ? 0 : 32 - Integer.numberOfLeadingZeros(node.hi() - node.lo() - 1);
  }

  /**
   * Overwrites {@code result} with the sum over a subtree.
   *
   * @param scratch at least {@link #height} arrays
   */
  static void sum(Node node, Leaf leaf, float[] result, float[][] scratch) {
    sum(node.lo(), node.hi(), leaf, result, scratch, 0);
  }

  private static void sum(int lo, int hi, Leaf leaf, float[] result, float[][] scratch, int depth) {
    if (hi - lo == 1) {
      leaf.write(lo, result);
      return;
    }
    int middle = lo + (hi - lo) / 2;
    sum(lo, middle, leaf, result, scratch, depth + 1);
    sum(middle, hi, leaf, scratch[depth], scratch, depth + 1);
    add(result, scratch[depth]);
  }

  /** Adds {@code from} to {@code to}, element by element. */
  static void add(float[] to, float[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
