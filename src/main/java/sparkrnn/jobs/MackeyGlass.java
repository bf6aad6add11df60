package sparkrnn.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The Mackey-Glass series, a chaotic benchmark that needs no download.
 *
 * <pre>
 *   dx/dt = beta x(t - tau) / (1 + x(t - tau)^n) - gamma x(t)
 *   beta = 0.2, gamma = 0.1, n = 10, tau = 17, x(t) = 1.2 for t at most 0
 * </pre>
 *
 * <p>Integrated by the classical Runge-Kutta method with a step of 0.1, the delayed value in the
 * middle of a step by linear interpolation; one value per unit of time, the first 500 dropped.
 *
 * <p>Source: Mackey and Glass 1977, equation 4b.
 */
final class MackeyGlass {

  private static final double BETA = 0.2;
  private static final double GAMMA = 0.1;
  private static final double N = 10;
  private static final double START = 1.2;
  private static final int STEPS_PER_UNIT = 10;
  private static final int DELAY_STEPS = 17 * STEPS_PER_UNIT;
  private static final int DROPPED = 500;

  private MackeyGlass() {}

  /** The first values of the series after those that are dropped. */
  static double[] values(int length) {
    int steps = (DROPPED + length) * STEPS_PER_UNIT;
    double[] x = new double[steps + 1];
    x[0] = START;
    for (int i = 0; i < steps; i++) {
      x[i + 1] = next(x[i], delayed(x, i), delayed(x, i + 1));
    }
    double[] values = new double[length];
    for (int t = 0; t < length; t++) {
      values[t] = x[(DROPPED + t) * STEPS_PER_UNIT];
    }
    return values;
  }

  private static double delayed(double[] x, int step) {
    return step < DELAY_STEPS ? START : x[step - DELAY_STEPS];
  }

  /** One step of Runge-Kutta, from the delayed values at its begin and at its end. */
  private static double next(double x, double delayedBegin, double delayedEnd) {
    double h = 1.0 / STEPS_PER_UNIT;
    double delayedMiddle = (delayedBegin + delayedEnd) / 2;
    double k1 = slope(x, delayedBegin);
    double k2 = slope(x + h / 2 * k1, delayedMiddle);
    double k3 = slope(x + h / 2 * k2, delayedMiddle);
    double k4 = slope(x + h * k3, delayedEnd);
    return x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }

  private static double slope(double x, double delayed) {
    return BETA * delayed / (1 + Math.pow(delayed, N)) - GAMMA * x;
  }

  /** Rows of time (0, 1, ...) and value. */
  static Dataset<Row> rows(SparkSession spark, int length) {
    double[] values = values(length);
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      rows.add(RowFactory.create((long) t, values[t]));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("time", DataTypes.LongType, false)
            .add("value", DataTypes.DoubleType, false));
  }
}
