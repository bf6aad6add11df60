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
import sparkrnn.oracle.DenseOracle;
import sparkrnn.parameter.ParameterLayout;

class DenseTest {

  private static final int BEFORE = 4;
  private static final int BEYOND = 3;

  private static final class Case {
    final int H;
    final int K;
    final int rows;
    final Dense dense;
    final int kernelAt;
    final int biasAt;
    final float[] parameters;
    final float[] h;
    final float[] dy;

    Case(Random random, int units, int outputs, int rows) {
      H = units;
      K = outputs;
      this.rows = rows;
      ParameterLayout.Builder builder = ParameterLayout.builder();
      builder.add("below/bias", BEFORE);
      dense = new Dense(builder, H, K);
      ParameterLayout layout = builder.build();
      kernelAt = layout.tensor("dense/kernel").offset();
      biasAt = layout.tensor("dense/bias").offset();
      parameters = normals(random, layout.size(), 1);
      h = normals(random, rows * H, 1);
      dy = normals(random, rows * K, 1);
    }

    DenseOracle oracle() {
      return DenseOracle.read(doubles(parameters), kernelAt, biasAt, H, K);
    }

    double[] row(float[] rowMajor, int row, int columns) {
      return doubles(Arrays.copyOfRange(rowMajor, row * columns, (row + 1) * columns));
    }

    void backward(float[] gradient, float[] dh) {
      dense.backward(rows, h, dy, parameters, gradient, dh);
    }
  }

  private static Case draw(Random random) {
    return new Case(random, 4 + random.nextInt(30), 1 + random.nextInt(3), 5 + random.nextInt(40));
  }

  @RandomTest
  void outputAgreesWithItsEquation(Random random) {
    for (int i = 0; i < 12; i++) {
      Case c = draw(random);
      double[] expected = new double[c.rows * c.K];
      for (int s = 0; s < c.rows; s++) {
        System.arraycopy(c.oracle().forward(c.row(c.h, s, c.H)), 0, expected, s * c.K, c.K);
      }
      float[] y = nans(c.rows * c.K + BEYOND);
      c.dense.forward(c.rows, c.h, c.parameters, y);
      assertAgrees("y", y, expected, c.H + 1);
      assertThat(Arrays.copyOfRange(y, expected.length, y.length)).containsOnly(Float.NaN);
    }
  }

  @RandomTest
  void gradientAgreesWithItsEquations(Random random) {
    for (int i = 0; i < 12; i++) {
      Case c = draw(random);
      double[] expected = new double[c.parameters.length];
      double[] expectedDh = new double[c.rows * c.H];
      for (int s = 0; s < c.rows; s++) {
        double[] h = c.row(c.h, s, c.H);
        double[] dh = c.oracle().backward(h, c.row(c.dy, s, c.K), expected, c.kernelAt, c.biasAt);
        System.arraycopy(dh, 0, expectedDh, s * c.H, c.H);
      }
      float[] gradient = new float[expected.length];
      float[] dh = nans(c.h.length + BEYOND);
      c.backward(gradient, dh);
      assertAgrees("gradient", gradient, expected, c.rows);
      assertAgrees("dh", dh, expectedDh, c.K);
      assertThat(Arrays.copyOfRange(dh, c.h.length, dh.length)).containsOnly(Float.NaN);
    }
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
    assertAgrees("gradient", sum, expected, c.rows);
    for (int i = 0; i < BEFORE; i++) {
      assertThat((double) sum[i]).isEqualTo(expected[i]);
    }
  }

  @RandomTest
  void stepAllocatesNothing(Random random) {
    Case c = draw(random);
    float[] y = new float[c.rows * c.K];
    float[] gradient = new float[c.parameters.length];
    float[] dh = new float[c.h.length];
    Runnable step =
        () -> {
          c.dense.forward(c.rows, c.h, c.parameters, y);
          c.backward(gradient, dh);
        };
    assertThat(Allocation.bytesPerRun(step)).isZero();
  }
}
