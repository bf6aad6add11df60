package sparkrnn.layer;

import static sparkrnn.contract.Floats.normals;

import java.util.Arrays;
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
import sparkrnn.parameter.ParameterLayout;
import sparkrnn.sequence.PackedSequences;

/**
 * A pooling over the outputs of one shard, 32 sequences of 50 time steps and 128 columns;
 * microseconds a run. Beside a LSTM(128) of the same shard, see CellBenchmark, it should not count.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class PoolingBenchmark {

  private static final int SEQUENCES = 32;
  private static final int TIME_STEPS = 50;
  private static final int COLUMNS = 128;

  /** The way of pooling. */
  @Param({"LAST", "MEAN", "MAX", "ATTENTION"})
  public PoolingType type;

  private final PoolingWorkspace workspace = new PoolingWorkspace();
  private Pooling pooling;
  private PackedSequences sequences;
  private float[] y;
  private float[] dy;
  private float[] parameters;
  private float[] gradient;

  /** Draws parameters and outputs. */
  @Setup
  public void setUp() {
    int[] lengths = new int[SEQUENCES];
    Arrays.fill(lengths, TIME_STEPS);
    sequences = PackedSequences.of(lengths);
    ParameterLayout.Builder layout = ParameterLayout.builder();
    pooling = type.create(layout, COLUMNS, COLUMNS);
    Random random = new Random(1);
    parameters = normals(random, layout.build().size(), 0.05);
    gradient = new float[parameters.length];
    y = normals(random, sequences.rows() * COLUMNS, 1);
    dy = new float[y.length];
    workspace.growBackward(SEQUENCES * COLUMNS);
  }

  /** As in a prediction. */
  @Benchmark
  public float[] forward() {
    pooling.forward(workspace, sequences, y, parameters);
    return workspace.pooled();
  }

  /** As in a training step. */
  @Benchmark
  public float[] step() {
    pooling.forward(workspace, sequences, y, parameters);
    Arrays.fill(workspace.dPooled(), 0.01f);
    pooling.backward(workspace, sequences, dy, parameters, gradient);
    return dy;
  }
}
