package sparkrnn.linalg;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Activations of the rows of one time step; nanoseconds an element. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ActivationsBenchmark.SIZE)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ActivationsBenchmark {

  /** 32 sequences of 128 units. */
  static final int SIZE = 4096;

  private final float[] x = new float[SIZE];
  private final float[] gradient = new float[SIZE];

  /** New values, for the activations work in place. */
  @Setup(Level.Iteration)
  public void setUp() {
    Random random = new Random(1);
    for (int i = 0; i < SIZE; i++) {
      x[i] = (float) random.nextGaussian();
    }
  }

  @Benchmark
  public float[] tanh() {
    Activations.tanh(x, 0, SIZE);
    return x;
  }

  @Benchmark
  public float[] sigmoid() {
    Activations.sigmoid(x, 0, SIZE);
    return x;
  }

  @Benchmark
  public float[] relu() {
    Activations.relu(x, 0, SIZE);
    return x;
  }

  @Benchmark
  public float[] tanhGradient() {
    // Or it would shrink to denormal numbers, which are slow.
    Arrays.fill(gradient, 1f);
    Activations.multiplyByTanhGradient(gradient, x, 0, SIZE);
    return gradient;
  }
}
