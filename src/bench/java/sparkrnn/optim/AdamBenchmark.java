package sparkrnn.optim;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the driver does in a step; microseconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class AdamBenchmark {

  /** Of SimpleRNN(128), LSTM(128) and LSTM(1024) of 128 features. */
  @Param({"16769", "70273", "4723713"})
  public int parameterCount;

  private Adam adam;
  private float[] parameters;
  private float[] gradient;

  /** Gradients that don't vanish. */
  @Setup
  public void setUp() {
    adam = new Adam(parameterCount);
    parameters = new float[parameterCount];
    gradient = new float[parameterCount];
    Arrays.fill(gradient, 1e-3f);
  }

  @Benchmark
  public float[] step() {
    adam.step(parameters, gradient, 1e-3);
    return parameters;
  }
}
