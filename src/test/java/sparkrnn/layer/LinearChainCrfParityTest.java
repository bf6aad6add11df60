package sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sparkrnn.contract.Floats.doubles;
import static sparkrnn.oracle.Agreement.assertAgrees;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkrnn.contract.Shard;
import sparkrnn.network.ParityFixture;
import sparkrnn.parameter.ParameterLayout;

/** Our CRF against PyTorch's numbers, which make_crf_fixtures.py in src/test/python wrote. */
final class LinearChainCrfParityTest {

  static List<ParityFixture> fixtures() throws IOException {
    return ParityFixture.all("crf");
  }

  /** A fixture in the packed order; its own is sequence by sequence. */
  private static final class Case {
    final ParityFixture fixture;
    final int K;
    final Shard shard;
    final int rows;
    final LinearChainCrf crf;
    final ChainLattice lattice;
    final float[] parameters;

    Case(ParityFixture fixture) {
      this.fixture = fixture;
      K = Integer.parseInt(fixture.text("labels"));
      shard =
          new Shard(
              Arrays.stream(fixture.text("lengths").split(","))
                  .mapToInt(Integer::parseInt)
                  .toArray());
      rows = shard.rows();
      crf = new LinearChainCrf(ParameterLayout.builder(), K);
      lattice = crf.newWorkspace();
      parameters = chain("");
      crf.read(lattice, parameters);
    }

    float[] chain(String prefix) {
      float[] flat = new float[K * (K + 2)];
      System.arraycopy(fixture.values(prefix + "transitions"), 0, flat, 0, K * K);
      System.arraycopy(fixture.values(prefix + "start"), 0, flat, K * K, K);
      System.arraycopy(fixture.values(prefix + "end"), 0, flat, K * K + K, K);
      return flat;
    }

    float[] packed(String name, int columns) {
      float[] values = fixture.values(name);
      float[] packed = new float[rows * columns];
      int at = 0;
      for (int s = 0; s < shard.lengths().length; s++) {
        for (int t = 0; t < shard.lengths()[s]; t++) {
          System.arraycopy(values, at, packed, shard.row(s, t) * columns, columns);
          at += columns;
        }
      }
      return packed;
    }

    float[] targets() {
      float[] targets = packed("targets", 1);
      for (int n = 0; n < rows; n++) {
        targets[n] = Math.max(0, targets[n]);
      }
      return targets;
    }

    float[] weights() {
      float[] targets = packed("targets", 1);
      float[] weights = new float[rows];
      for (int s = 0; s < shard.lengths().length; s++) {
        for (int t = 0; t < shard.lengths()[s]; t++) {
          int row = shard.row(s, t);
          weights[row] = targets[row] < 0 ? 0 : fixture.values("weights")[s];
        }
      }
      return weights;
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void lossAndGradientsAreThoseOfPyTorch(ParityFixture fixture) {
    Case c = new Case(fixture);
    double expected = fixture.values("loss")[0];
    float[] x = c.packed("x", c.K);
    assertThat(c.crf.weightedSum(c.lattice, c.shard.packed(), x, c.targets(), c.weights()))
        .isCloseTo(expected, within(1e-6 * expected));
    float[] dx = new float[c.rows * c.K];
    float[] gradient = new float[c.K * (c.K + 2)];
    c.crf.backward(c.lattice, c.shard.packed(), x, c.targets(), c.weights(), 1, dx, gradient);
    assertAgrees("dx", dx, doubles(c.packed("dx", c.K)), 2);
    assertAgrees("gradient", gradient, doubles(c.chain("d")), 2);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void marginalsAndBestLabelsAreThoseOfPyTorch(ParityFixture fixture) {
    Case c = new Case(fixture);
    float[] marginals = c.packed("marginals", c.K);
    float[] best = c.packed("best", 1);
    float[] x = c.packed("x", c.K);
    for (int s = 0; s < c.shard.lengths().length; s++) {
      double[] p = new double[c.shard.lengths()[s] * c.K];
      int[] y = new int[c.shard.lengths()[s]];
      c.crf.marginals(c.lattice, c.shard.packed(), s, x, p);
      c.crf.best(c.lattice, c.shard.packed(), s, x, y);
      for (int t = 0; t < y.length; t++) {
        int row = c.shard.row(s, t);
        assertThat(y[t]).isEqualTo((int) best[row]);
        for (int k = 0; k < c.K; k++) {
          assertThat(p[t * c.K + k]).isCloseTo(marginals[row * c.K + k], within(1e-6));
        }
      }
    }
  }

  @Test
  void fixturesAreOfTheirScriptAndTheseVersions() throws IOException, GeneralSecurityException {
    assertThat(fixtures()).hasSize(4);
    for (ParityFixture fixture : fixtures()) {
      assertThat(fixture.text("script_sha256"))
          .as("sha256 of make_crf_fixtures.py; write the fixtures again after a change")
          .isEqualTo(ParityFixture.sha256OfScript("make_crf_fixtures.py"));
      assertThat(ParityFixture.requirements())
          .contains("numpy==" + fixture.text("numpy"), "torch==" + fixture.text("torch"));
    }
  }
}
