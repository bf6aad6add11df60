package sparkrnn.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import sparkrnn.explain.FlowSums;
import sparkrnn.network.NetworkSpec;
import sparkrnn.network.RecurrentSpec;

/** Says of each cell whether gradients vanish or explode in it, and what to change. */
final class FlowFindings {

  /** What is left at the far end of sequences, of the gradient at their near one. */
  private static final double VANISHED = 1e-3;

  private static final double EXPLODED = 100;

  /** Time steps that only fewer of the sequences have say little. */
  private static final double SHARE_OF_SEQUENCES = 0.1;

  private final NetworkSpec spec;
  private final FlowSums sums;

  private FlowFindings(NetworkSpec spec, FlowSums sums) {
    this.spec = spec;
    this.sums = sums;
  }

  static RnnGradientFlow of(NetworkSpec spec, FlowSums sums) {
    FlowFindings findings = new FlowFindings(spec, sums);
    List<RnnGradientFlow.Cell> found = new ArrayList<>();
    for (int i = 0; i < spec.recurrentLayers().size(); i++) {
      RecurrentSpec layer = spec.recurrentLayers().get(i);
      for (String name : layer.cellNames(i)) {
        found.add(findings.of(name, layer, found.size()));
      }
    }
    return new RnnGradientFlow(sums.sequences(), found);
  }

  private RnnGradientFlow.Cell of(String name, RecurrentSpec layer, int cell) {
    double[] means = sums.means(cell);
    int last = lastThatCounts();
    double[] counted = Arrays.copyOf(means, last + 1);
    double near = nearEnd(counted);
    double largest = Arrays.stream(counted).max().orElse(0);
    double left = counted[last] / near;
    RnnGradientFlow.State state = RnnGradientFlow.State.FLOWS;
    if (!Double.isFinite(largest) || largest > EXPLODED * near) {
      state = RnnGradientFlow.State.EXPLODES;
      left = largest / near;
    } else if (largest == 0 || (onlyLast() && left < VANISHED)) {
      state = RnnGradientFlow.State.VANISHES;
    }
    return new RnnGradientFlow.Cell(
        name,
        state,
        Arrays.stream(means).boxed().toList(),
        Arrays.stream(sums.counts()).boxed().toList(),
        sentence(name, layer, state, last, left));
  }

  /** Whether the head sees the last time step alone, so that all gradient comes back from there. */
  private boolean onlyLast() {
    return spec.pooling().equals("last");
  }

  /** What others are compared with: the last time step, or where all have their own the median. */
  private double nearEnd(double[] means) {
    if (onlyLast()) {
      return means[0];
    }
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private int lastThatCounts() {
    int last = 0;
    double least = SHARE_OF_SEQUENCES * sums.sequences();
    while (last + 1 < sums.counts().length && sums.counts()[last + 1] >= least) {
      last++;
    }
    return last;
  }

  private String sentence(
      String name, RecurrentSpec layer, RnnGradientFlow.State state, int steps, double left) {
    if (Double.isNaN(left)) {
      return name
          + ": no gradient reaches it. The loss of these rows is at its least, or the head has"
          + " weights of 0.";
    }
    return switch (state) {
      case VANISHES ->
          String.format(
              Locale.ROOT,
              "%s: the gradient vanishes: %d time steps before the last one %.2g of it is left (%.2f"
                  + " from each to the one before), so that what happens there is hardly learnt. %s",
              name,
              steps,
              left,
              Math.pow(left, 1.0 / steps),
              againstVanishing(layer));
      case EXPLODES ->
          String.format(
              Locale.ROOT,
              "%s: the gradient explodes: within %d time steps it grows to %.2g times its size, so"
                  + " that a few training steps may undo all others. %s",
              name,
              steps,
              left,
              againstExploding(layer));
      case FLOWS ->
          String.format(
              Locale.ROOT,
              "%s: the gradient flows: %d time steps before the last one it is %.2g times as large"
                  + " as %s.",
              name,
              steps,
              left,
              onlyLast() ? "there" : "in the median one");
    };
  }

  private static boolean isSimple(RecurrentSpec layer) {
    return layer.cell().equals("simpleRnn");
  }

  private static String againstVanishing(RecurrentSpec layer) {
    String cell = isSimple(layer) ? "Set cell to lstm or gru; or set" : "Set";
    return cell
        + " pooling to mean or attention, which gives every time step a gradient of its own; or"
        + " shorten the sequences, or set bidirectional to true.";
  }

  private static String againstExploding(RecurrentSpec layer) {
    String cell = isSimple(layer) ? "; or set cell to lstm or gru" : "";
    String start =
        layer.recurrentInitializer().equals("orthogonal")
            ? ""
            : ", and recurrentInitializer (" + layer.recurrentInitializer() + ") to orthogonal";
    return "Set globalClipNorm, for example to 1, and lower learningRate" + start + cell + ".";
  }
}
