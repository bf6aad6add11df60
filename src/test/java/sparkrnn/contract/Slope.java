package sparkrnn.contract;

import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.contract.Floats.sum;

import java.util.Random;

/**
 * The slope of a cell's loss in one direction, by central differences of its equations in double
 * precision.
 *
 * @param byParameters the direction, as long as the flat array
 * @param byX the direction (N, F)
 */
record Slope(double[] byParameters, double[] byX, double value) {

  private static final double STEP = 1e-6;

  static Slope draw(Random random, CellCase c) {
    double[] byParameters = doubles(normals(random, c.parameters().length, 1));
    double[] byX = doubles(normals(random, c.x().length, 1));
    double[] parameters = doubles(c.parameters());
    double[] x = doubles(c.x());
    double above = c.loss(sum(parameters, STEP, byParameters), sum(x, STEP, byX));
    double below = c.loss(sum(parameters, -STEP, byParameters), sum(x, -STEP, byX));
    return new Slope(byParameters, byX, (above - below) / (2 * STEP));
  }

  /** The slope that a gradient has in this direction. */
  double of(double[] gradient, double[] dx) {
    return Floats.dot(gradient, byParameters) + Floats.dot(dx, byX);
  }

  /** The sum of the sizes of all products in {@link #of}, against which an error is small. */
  double scale(double[] gradient, double[] dx) {
    return sizes(gradient, byParameters) + sizes(dx, byX);
  }

  private static double sizes(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] * b[i]);
    }
    return sum;
  }
}
