package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.contract.Floats.nans;
import static sparkrnn.contract.Floats.normals;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.util.Arrays;
import java.util.Random;
import sparkrnn.RandomTest;
import sparkrnn.contract.Allocation;
import sparkrnn.contract.Shard;
import sparkrnn.oracle.DenseOracle;
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

class DenseTest {

  private static final int BEFORE = 4;

  private static final class Case {
    final int H;
    final int K;
    final Shard shard;
    final PackedSequences packed;
    final Dense dense;
    final int kernelAt;
    final int biasAt;
    final float[] parameters;
    final float[] h;
    final float[] dy;
    final float[] lastH;
    final float[] dLastH;

    Case(Random random, int units, int outputs, int sequences) {
      H = units;
      K = outputs;
      shard = Shard.draw(random, sequences, 5);
      packed = shard.packed();
      ParameterLayout.Builder builder = ParameterLayout.builder();
      builder.add("below/bias", BEFORE);
      dense = new Dense(builder, H, K);
      ParameterLayout layout = builder.build();
      kernelAt = layout.tensor("dense/kernel").offset();
      biasAt = layout.tensor("dense/bias").offset();
      parameters = normals(random, layout.size(), 1);
      h = normals(random, shard.rows() * H, 1);
      dy = normals(random, sequences * K, 1);
      lastH = nans(sequences * H);
      dLastH = nans(sequences * H);
    }

    int sequences() {
      return shard.lengths().length;
    }

    DenseOracle oracle() {
      return DenseOracle.read(doubles(parameters), kernelAt, biasAt, H, K);
    }

    double[] last(int s) {
      double[][] rows = shard.sequence(s, doubles(h), H);
      return rows[rows.length - 1];
    }

    double[] dyOf(int s) {
      return doubles(Arrays.copyOfRange(dy, s * K, (s + 1) * K));
    }

    float[] forward() {
      float[] y = nans(sequences() * K + 3);
      dense.forward(packed, h, parameters, lastH, y);
      return y;
    }

    void backward(float[] gradient, float[] dh) {
      dense.forward(packed, h, parameters, lastH, new float[sequences() * K]);
      dense.backward(packed, lastH, dy, parameters, gradient, dLastH, dh);
    }
  }

  private static Case draw(Random random) {
    return new Case(random, 4 + random.nextInt(30), 1 + random.nextInt(3), 5 + random.nextInt(40));
  }

  @RandomTest
  void outputIsThatOfTheLastTimeStepOfEachSequence(Random random) {
    for (int i = 0; i < 12; i++) {
      Case c = draw(random);
      double[] expected = new double[c.sequences() * c.K];
      for (int s = 0; s < c.sequences(); s++) {
        System.arraycopy(c.oracle().forward(c.last(s)), 0, expected, s * c.K, c.K);
      }
      float[] y = c.forward();
      assertAgrees("y", y, expected, c.H + 1);
      assertThat(Arrays.copyOfRange(y, expected.length, y.length)).containsOnly(Float.NaN);
    }
  }

  @RandomTest
  void gradientAgreesWithItsEquations(Random random) {
    for (int i = 0; i < 12; i++) {
      Case c = draw(random);
      double[] expected = new double[c.parameters.length];
      double[] expectedDh = new double[c.sequences() * c.H];
      for (int s = 0; s < c.sequences(); s++) {
        double[] dh = c.oracle().backward(c.last(s), c.dyOf(s), expected, c.kernelAt, c.biasAt);
        System.arraycopy(dh, 0, expectedDh, s * c.H, c.H);
      }
      float[] gradient = new float[expected.length];
      float[] dh = nans(c.h.length);
      c.backward(gradient, dh);
      assertAgrees("gradient", gradient, expected, c.sequences());
      assertAgrees("dh", c.dLastH, expectedDh, c.K);
      assertThat(dh).containsExactly(scattered(c));
    }
  }

  /** dLastH in the last rows and NaN, which was there before, in all others. */
  private static float[] scattered(Case c) {
    float[] dh = nans(c.h.length);
    for (int s = 0; s < c.sequences(); s++) {
      int row = c.shard.row(s, c.shard.lengths()[s] - 1);
      System.arraycopy(c.dLastH, s * c.H, dh, row * c.H, c.H);
    }
    return dh;
  }

  @RandomTest
  void gradientIsAdded(Random random) {
    Case c = draw(random);
    float[] once = new float[c.parameters.length];
    c.backward(once, new float[c.h.length]);
    float[] sum = normals(random, once.length, 1);
    double[] expected = doubles(sum);
    c.backward(sum, new float[c.h.length]);
    for (int i = 0; i < expected.length; i++) {
      expected[i] += once[i];
    }
    assertAgrees("gradient", sum, expected, c.sequences());
    for (int i = 0; i < BEFORE; i++) {
      assertThat((double) sum[i]).isEqualTo(expected[i]);
    }
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    Case c = draw(random);
    float[] y = new float[c.sequences() * c.K];
    float[] gradient = new float[c.parameters.length];
    float[] dh = new float[c.h.length];
    Runnable step =
        () -> {
          c.dense.forward(c.packed, c.h, c.parameters, c.lastH, y);
          c.dense.backward(c.packed, c.lastH, c.dy, c.parameters, gradient, c.dLastH, dh);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }
}
