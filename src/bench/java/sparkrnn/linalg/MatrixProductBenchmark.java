package sparkrnn.linalg;

import static sparkrnn.contract.Floats.normals;

import java.util.Random;
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

/**
 * The products of a training step, (m, k) x (k, n) with a B that is a gate's block of a wider
 * kernel: where it stands and in one call, cut into tiles, and packed; and the product of a
 * kernel's gradient. Microseconds; 2 m k n / (1000 time) is GFLOP/s.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class MatrixProductBenchmark {

  private static final int GATES = 4;

  /** Sequences of a shard and units. */
  @Param({"16,128", "32,128", "64,256", "64,1024"})
  public String shape;

  private int rows;
  private int units;
  private float[] a;
  private float[] b;
  private float[] c;
  private final PackedMatrix packed = new PackedMatrix();

  /** Fills the matrices. */
  @Setup
  public void setUp() {
    rows = Integer.parseInt(shape.split(",")[0]);
    units = Integer.parseInt(shape.split(",")[1]);
    Random random = new Random(1);
    a = normals(random, rows * units, 1);
    b = normals(random, units * units * GATES, 1);
    c = normals(random, Math.max(rows, units) * units, 1);
    packed.pack(units, units, b, 0, GATES * units);
  }

  /** h(t-1) U(g) in one call of the BLAS. */
  @Benchmark
  public float[] whole() {
    int stride = GATES * units;
    Blas.multiplyWhole(rows, units, units, a, 0, units, b, 0, stride, 0f, c, 0, units);
    return c;
  }

  /** The same in tiles, where this processor has them. */
  @Benchmark
  public float[] tiled() {
    Blas.multiply(rows, units, units, a, 0, units, b, 0, GATES * units, 0f, c, 0, units);
    return c;
  }

  /** The same with a packed U(g). */
  @Benchmark
  public float[] packed() {
    packed.multiply(rows, a, 0, units, 0f, c, 0, units);
    return c;
  }

  /** h(t-1)' dz(g), of one time step. */
  @Benchmark
  public float[] gradient() {
    Blas.multiplyTransposedA(units, units, rows, a, 0, units, a, 0, units, 1e-6f, c, 0, units);
    return c;
  }
}
