package sparkrnn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sparkrnn.optim.Optimizer;
import sparkrnn.oracle.OptimizerOracle;

/** What every optimizer keeps. */
public abstract class OptimizerContractTest {

  private static final long SEED = 20240611;

  /** The subject, for this many parameters. */
  protected abstract Optimizer create(int size);

  /** Its equations in double precision. */
  protected abstract OptimizerOracle oracle(int size);

  /** What a zero gradient takes off the parameters, times the learning rate. */
  protected double weightDecay() {
    return 0;
  }

  /** With which 2000 steps lead down a quadratic. */
  protected double descentLearningRate() {
    return 0.01;
  }

  @Test
  void agreesWithItsEquationsInDoublePrecision() {
    int size = 37;
    Random random = new Random(SEED);
    float[] parameters = normals(random, size, 1);
    double[] expected = doubles(parameters);
    double[] start = expected.clone();
    Optimizer optimizer = create(size);
    OptimizerOracle oracle = oracle(size);
    for (int t = 1; t <= 60; t++) {
      float[] gradient = new float[size];
      for (int i = 0; i < size; i++) {
        // Scales from 1e-8 to 10: what is small shows where an epsilon stands.
        gradient[i] = (float) (random.nextGaussian() * Math.pow(10, i * 9.0 / size - 8));
      }
      double learningRate = t < 30 ? 0.05 : 0.01;
      optimizer.step(parameters, gradient, learningRate);
      oracle.step(expected, doubles(gradient), learningRate, t);
    }
    for (int i = 0; i < size; i++) {
      double moved = Math.abs(expected[i] - start[i]);
      assertThat((double) parameters[i])
          .as("parameter %d, seed %d", i, SEED)
          .isCloseTo(expected[i], within(5e-5 * moved + 60 * Math.ulp(parameters[i])));
    }
  }

  @Test
  void zeroGradientMovesNothingButByWeightDecay() {
    float[] parameters = normals(new Random(SEED), 19, 1);
    float[] expected = parameters.clone();
    for (int i = 0; i < 19; i++) {
      expected[i] -= expected[i] * (float) weightDecay() * 0.1f;
    }
    create(19).step(parameters, new float[19], 0.1);
    assertThat(parameters).containsExactly(expected);
  }

  @Test
  void gradientIsNotChanged() {
    float[] gradient = normals(new Random(SEED), 19, 1);
    float[] before = gradient.clone();
    create(19).step(new float[19], gradient, 0.1);
    assertThat(gradient).containsExactly(before);
  }

  @Test
  void everyParameterMovesAgainstItsGradient() {
    float[] parameters = new float[1001];
    float[] gradient = normals(new Random(SEED), 1001, 1);
    create(1001).step(parameters, gradient, 0.1);
    for (int i = 0; i < 1001; i++) {
      assertThat(parameters[i] * gradient[i]).as("parameter %d, seed %d", i, SEED).isNegative();
    }
  }

  @Test
  void sameCallsGiveSameBits() {
    assertThat(run(create(33), 25)).containsExactly(run(create(33), 25));
  }

  @Test
  void restoredStateGoesOnAsIfUninterrupted() {
    float[] uninterrupted = run(create(33), 40);

    Optimizer first = create(33);
    float[] parameters = new float[33];
    Random random = new Random(SEED);
    steps(first, parameters, random, 15);
    Map<String, float[]> saved = new HashMap<>();
    first.state().forEach((name, array) -> saved.put(name, array.clone()));
    Optimizer second = create(33);
    second.restore(first.steps(), saved);
    saved.values().forEach(array -> array[0] = Float.NaN);
    steps(second, parameters, random, 25);

    assertThat(second.steps()).isEqualTo(40);
    assertThat(parameters).containsExactly(uninterrupted);
  }

  @Test
  void descendsAQuadratic() {
    int size = 8;
    float[] parameters = normals(new Random(SEED), size, 1);
    double before = quadratic(parameters);
    Optimizer optimizer = create(size);
    for (int t = 0; t < 2000; t++) {
      float[] gradient = new float[size];
      for (int i = 0; i < size; i++) {
        gradient[i] = (1 + i) * parameters[i];
      }
      optimizer.step(parameters, gradient, descentLearningRate());
    }
    assertThat(quadratic(parameters)).as("seed %d", SEED).isLessThan(1e-3 * before);
  }

  @Test
  void stepAllocatesNoArray() {
    int size = 4096;
    Optimizer optimizer = create(size);
    float[] parameters = new float[size];
    float[] gradient = normals(new Random(SEED), size, 1);
    optimizer.step(parameters, gradient, 0.01);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int t = 0; t < 20; t++) {
      optimizer.step(parameters, gradient, 0.01);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20L * size);
  }

  /** If this fails, fits become slower the longer they run: by 5 to 15 % after 30,000 steps. */
  @Test
  void momentsOfAGradientThatEndedBecomeZeroAndNotSubnormal() {
    Optimizer optimizer = create(1);
    float[] parameters = new float[1];
    optimizer.step(parameters, new float[] {1e-3f}, 0.1);
    for (int t = 0; t < 3000; t++) {
      optimizer.step(parameters, new float[1], 0.1);
    }
    optimizer
        .state()
        .forEach(
            (name, array) ->
                assertThat(Math.abs(array[0]))
                    .as(name)
                    .satisfiesAnyOf(
                        value -> assertThat(value).isZero(),
                        value -> assertThat(value).isGreaterThanOrEqualTo(Float.MIN_NORMAL)));
  }

  @Test
  void noParametersAreNoError() {
    Optimizer optimizer = create(0);
    optimizer.step(new float[0], new float[0], 0.1);
    assertThat(optimizer.steps()).isEqualTo(1);
  }

  @Test
  void negativeSizeIsRefused() {
    assertThatThrownBy(() -> create(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer: size is -1; it must be at least 0, the number of parameters.");
  }

  @Test
  void arraysOfAnotherLengthAreRefusedAndNotCounted() {
    Optimizer optimizer = create(5);
    assertThatThrownBy(() -> optimizer.step(new float[6], new float[5], 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer: parameters has length 6; it must be 5.");
    assertThatThrownBy(() -> optimizer.step(new float[5], new float[4], 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer: gradient has length 4; it must be 5.");
    assertThat(optimizer.steps()).isZero();
  }

  @Test
  void stateOfAnotherLengthIsRefusedAndChangesNothing() {
    Optimizer optimizer = create(5);
    optimizer.step(new float[5], new float[] {1, -2, 3, -4, 5}, 0.1);
    Map<String, float[]> before = new HashMap<>();
    optimizer.state().forEach((name, array) -> before.put(name, array.clone()));
    Map<String, float[]> unknown = new HashMap<>(before);
    unknown.put("other", new float[5]);

    assertThatThrownBy(() -> optimizer.restore(2, unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("optimizer state: it holds [")
        .hasMessageContaining("other");
    assertThatThrownBy(() -> optimizer.restore(-1, before))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer state: steps is -1; it must be at least 0.");
    for (String name : before.keySet()) {
      Map<String, float[]> shorter = new HashMap<>(before);
      shorter.replaceAll((key, array) -> key.equals(name) ? new float[4] : new float[5]);
      assertThatThrownBy(() -> optimizer.restore(2, shorter))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "optimizer state: \"%s\" has length 4; it must be 5, the number of parameters."
                  + " Resume with the network it was saved with.",
              name);
    }

    assertThat(optimizer.steps()).isEqualTo(1);
    before.forEach((name, array) -> assertThat(optimizer.state().get(name)).containsExactly(array));
  }

  private static float[] run(Optimizer optimizer, int steps) {
    float[] parameters = new float[33];
    steps(optimizer, parameters, new Random(SEED), steps);
    return parameters;
  }

  private static void steps(Optimizer optimizer, float[] parameters, Random random, int steps) {
    for (int t = 0; t < steps; t++) {
      optimizer.step(parameters, normals(random, parameters.length, 0.3), 0.01);
    }
  }

  private static double quadratic(float[] parameters) {
    double sum = 0;
    for (int i = 0; i < parameters.length; i++) {
      sum += (1 + i) * parameters[i] * parameters[i] / 2;
    }
    return sum;
  }

  private static float[] normals(Random random, int size, double scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] copy = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }
}
