package sparkrnn.contract;

import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
import java.util.Random;
import sparkrnn.cell.CellType;
import sparkrnn.cell.GateParameters;
import sparkrnn.oracle.CellOracle;
import sparkrnn.oracle.CellWeights;
import sparkrnn.oracle.DropoutMasks;
import sparkrnn.parameter.ParameterLayout;

/**
 * One drawn input of a cell, and what its equations make of it.
 *
 * <p>The cell's parameters stand in the middle of the flat array, between those of other layers.
 *
 * @param x (N, F)
 * @param dh (N, H), gradient of the loss by h; the loss is the sum of dh * h
 * @param masks (gates, S, H) of recurrent dropout, or null for none
 */
record CellCase(
    CellType type,
    CellOracle oracle,
    int inputs,
    int units,
    GateParameters at,
    Shard shard,
    float[] parameters,
    float[] x,
    float[] dh,
    float[] masks) {

  private static final int OTHER_LAYER = 5;

  /** Divided by the units, for the more there are, the closer the closest. */
  private static final double CLOSE = 1e-2;

  /** Dividing by less would blow up the rounding of a row, from time step to time step. */
  private static final double SMALL = 0.2;

  /**
   * Draws all numbers, again if the cell has no derivative close by, or blows up rounding by more
   * than the number of terms says.
   */
  static CellCase draw(
      CellType type, String activation, Random random, int inputs, int units, Shard shard) {
    return draw(type, activation, random, inputs, units, shard, null);
  }

  /** The same with recurrent dropout. */
  static CellCase drawWithMasks(
      CellType type, String activation, Random random, int inputs, int units, Shard shard) {
    float[] masks = new float[type.gates() * shard.lengths().length * units];
    for (int e = 0; e < masks.length; e++) {
      // Other numbers than 0 and 1 / (1 - p): no two gates could be taken for each other.
      masks[e] = random.nextInt(3) == 0 ? 0 : 0.5f + random.nextFloat();
    }
    return draw(type, activation, random, inputs, units, shard, masks);
  }

  private static CellCase draw(
      CellType type,
      String activation,
      Random random,
      int inputs,
      int units,
      Shard shard,
      float[] masks) {
    ParameterLayout.Builder layout = ParameterLayout.builder();
    layout.add("below/bias", OTHER_LAYER);
    GateParameters at = type.declare(layout, "cell", inputs, units);
    layout.add("above/bias", OTHER_LAYER);
    int size = layout.build().size();
    CellOracle oracle = CellOracle.of(type, activation);
    CellCase drawn;
    do {
      float[] parameters = normals(random, size, 0.5);
      scale(parameters, at.kernelAt(), at.recurrentKernelAt(), 2 / Math.sqrt(inputs));
      scale(parameters, at.recurrentKernelAt(), at.biasAt(), 2 / Math.sqrt(units));
      float[] x = normals(random, shard.rows() * inputs, 1);
      float[] dh = normals(random, shard.rows() * units, 1);
      drawn = new CellCase(type, oracle, inputs, units, at, shard, parameters, x, dh, masks);
    } while (drawn.distanceFromKink() < CLOSE / units || drawn.smallestDeviation() < SMALL);
    return drawn;
  }

  private static void scale(float[] values, int from, int to, double factor) {
    for (int i = from; i < to; i++) {
      values[i] *= (float) factor;
    }
  }

  int rows() {
    return shard.rows();
  }

  /** The first place of the flat array behind the cell's own. */
  int end() {
    return parameters.length - OTHER_LAYER;
  }

  /** How many terms make an element of h, over all time steps. */
  int forwardTerms() {
    return shard.longest() + inputs + units;
  }

  /** How many terms make an element of a gradient. */
  int backwardTerms() {
    return forwardTerms() + type.gates() * units + rows();
  }

  /** (N, H). */
  double[] expectedH() {
    double[] h = new double[rows() * units];
    for (int s = 0; s < shard.lengths().length; s++) {
      shard.pack(s, run(doubles(parameters), doubles(x), s).h(), h);
    }
    return h;
  }

  /** Gradient by the flat parameters; overwrites dx (N, F). */
  double[] expectedGradient(float[] dhHere, double[] dx) {
    double[] gradient = new double[parameters.length];
    CellWeights sum = weights(doubles(parameters)).zeros();
    for (int s = 0; s < shard.lengths().length; s++) {
      double[][] dhOfSequence = shard.sequence(s, doubles(dhHere), units);
      CellOracle.Run run = run(doubles(parameters), doubles(x), s);
      shard.pack(s, run.backward(dhOfSequence, sum), dx);
    }
    sum.addTo(gradient, at);
    return gradient;
  }

  /** The sum of dh * h with other parameters and inputs. */
  double loss(double[] otherParameters, double[] otherX) {
    double loss = 0;
    for (int s = 0; s < shard.lengths().length; s++) {
      double[][] h = run(otherParameters, otherX, s).h();
      double[][] dhOfSequence = shard.sequence(s, doubles(dh), units);
      for (int t = 0; t < h.length; t++) {
        loss += Floats.dot(h[t], dhOfSequence[t]);
      }
    }
    return loss;
  }

  @Override
  public String toString() {
    return (masks == null ? "" : "masks, ")
        + ("lengths " + Arrays.toString(shard.lengths()) + ", F " + inputs + ", H " + units);
  }

  private double distanceFromKink() {
    double distance = Double.POSITIVE_INFINITY;
    for (int s = 0; s < shard.lengths().length; s++) {
      CellOracle.Run run = run(doubles(parameters), doubles(x), s);
      distance = Math.min(distance, run.distanceFromKink());
    }
    return distance;
  }

  private double smallestDeviation() {
    double smallest = Double.POSITIVE_INFINITY;
    for (int s = 0; s < shard.lengths().length; s++) {
      smallest = Math.min(smallest, run(doubles(parameters), doubles(x), s).smallestDeviation());
    }
    return smallest;
  }

  private CellOracle.Run run(double[] flat, double[] packedX, int s) {
    CellOracle.Zoneout none = CellOracle.Zoneout.of(0, shard.lengths()[s], units);
    return oracle.forward(weights(flat), shard.sequence(s, packedX, inputs), masks(s), none);
  }

  /** (gates, H) of one sequence. */
  private double[][] masks(int s) {
    double[][] masksOfSequence = DropoutMasks.ones(inputs, type.gates(), units).recurrent();
    for (int gate = 0; masks != null && gate < type.gates(); gate++) {
      int from = (gate * shard.lengths().length + s) * units;
      masksOfSequence[gate] = doubles(Arrays.copyOfRange(masks, from, from + units));
    }
    return masksOfSequence;
  }

  /** (gates, 1, H) of one sequence, as a shard of it alone has them; null for none. */
  float[] masksAlone(int s) {
    float[] alone = masks == null ? null : new float[type.gates() * units];
    for (int gate = 0; masks != null && gate < type.gates(); gate++) {
      int from = (gate * shard.lengths().length + s) * units;
      System.arraycopy(masks, from, alone, gate * units, units);
    }
    return alone;
  }

  private CellWeights weights(double[] flat) {
    return CellWeights.read(flat, at, inputs, units, type.gates(), oracle);
  }
}
