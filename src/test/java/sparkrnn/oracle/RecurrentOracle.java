package sparkrnn.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The equations in the class comment of {@link sparkrnn.layer.Recurrent}, one sequence at a time.
 *
 * @param weights of each direction, forward first
 * @param masks of each direction
 * @param residual whether x is added
 * @param zoneout the expectation of what was not drawn
 */
record RecurrentOracle(
    CellOracle cell,
    List<CellWeights> weights,
    List<DropoutMasks> masks,
    boolean residual,
    double zoneout) {

  /** One sequence that was run through the layer. */
  record Run(
      List<CellOracle.Run> directions, List<DropoutMasks> masks, boolean residual, double[][] y) {

    /** Overwrites the gradients of each direction, which are zeros, and returns dx (T, F). */
    double[][] backward(double[][] dy, List<CellWeights> gradient) {
      int units = dy[0].length / directions.size();
      double[][] sum = null;
      for (int d = 0; d < directions.size(); d++) {
        double[][] dh = inTime(d, columns(dy, d * units, units));
        double[][] dx = inTime(d, directions.get(d).backward(dh, gradient.get(d)));
        masks.get(d).multiplyByKernelMask(gradient.get(d).U());
        dx = masks.get(d).appliedTo(dx);
        for (int t = 0; sum != null && t < dx.length; t++) {
          dx[t] = Rows.sum(dx[t], sum[t]);
        }
        sum = dx;
      }
      for (int t = 0; residual && t < sum.length; t++) {
        sum[t] = Rows.sum(sum[t], dy[t]);
      }
      return sum;
    }
  }

  Run forward(double[][] x) {
    List<CellOracle.Run> directions = new ArrayList<>();
    double[][] y = new double[x.length][0];
    for (int d = 0; d < weights.size(); d++) {
      double[][] input = inTime(d, masks.get(d).appliedTo(x));
      DropoutMasks m = masks.get(d);
      CellOracle.Zoneout stays =
          m.zoneout() == null
              ? CellOracle.Zoneout.of(zoneout, x.length, weights.get(d).U().length)
              : m.zoneout();
      CellOracle.Run run = cell.forward(m.appliedTo(weights.get(d)), input, m.recurrent(), stays);
      directions.add(run);
      double[][] h = inTime(d, run.h());
      for (int t = 0; t < y.length; t++) {
        y[t] = Rows.joined(y[t], h[t]);
      }
    }
    for (int t = 0; residual && t < y.length; t++) {
      y[t] = Rows.sum(y[t], x[t]);
    }
    return new Run(directions, masks, residual, y);
  }

  /** The rows as a direction reads them: the second one turns them around. */
  private static double[][] inTime(int direction, double[][] rows) {
    List<double[]> order = new ArrayList<>(List.of(rows));
    if (direction == 1) {
      Collections.reverse(order);
    }
    return order.toArray(double[][]::new);
  }

  private static double[][] columns(double[][] rows, int from, int width) {
    double[][] part = new double[rows.length][width];
    for (int t = 0; t < rows.length; t++) {
      System.arraycopy(rows[t], from, part[t], 0, width);
    }
    return part;
  }
}
