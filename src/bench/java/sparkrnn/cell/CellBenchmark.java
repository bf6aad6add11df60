package sparkrnn.cell;

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

/** A cell over one shard; milliseconds a run. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class CellBenchmark {

  /** Cell, sequences, time steps, features and units. */
  @Param({
    "SIMPLE_RNN,16,50,1,128",
    "LSTM,32,50,8,128",
    "GRU,32,50,8,128",
    "LAYER_NORM_LSTM,32,50,8,128",
    "LSTM,64,100,32,256",
    "LSTM,64,50,128,1024"
  })
  public String shape;

  private Cell cell;
  private CellWorkspace workspace;
  private PackedSequences sequences;
  private float[] x;
  private float[] dh;
  private float[] parameters;
  private float[] gradient;

  /** Draws parameters and sequences. */
  @Setup
  public void setUp() {
    String[] parts = shape.split(",");
    CellType type = CellType.valueOf(parts[0]);
    int[] sizes = Arrays.stream(parts).skip(1).mapToInt(Integer::parseInt).toArray();
    int[] lengths = new int[sizes[0]];
    Arrays.fill(lengths, sizes[1]);
    sequences = PackedSequences.of(lengths);
    ParameterLayout.Builder layout = ParameterLayout.builder();
    GateParameters at = type.declare(layout, "cell", sizes[2], sizes[3]);
    cell = type.create(sizes[2], sizes[3], type.activations().get(0), at);
    workspace = cell.newWorkspace();
    Random random = new Random(1);
    parameters = normals(random, layout.build().size(), 0.05);
    gradient = new float[parameters.length];
    x = normals(random, sequences.rows() * sizes[2], 1);
    dh = new float[sequences.rows() * sizes[3]];
  }

  /** As in a prediction. */
  @Benchmark
  public float[] onlyH() {
    workspace.setKeepsForBackward(false);
    cell.forward(workspace, sequences, x, parameters);
    return workspace.h();
  }

  /** As in a training step; the difference to {@link #step} is backward. */
  @Benchmark
  public float[] forward() {
    workspace.setKeepsForBackward(true);
    cell.forward(workspace, sequences, x, parameters);
    return workspace.h();
  }

  /** Forward and backward, with a gradient in all rows. */
  @Benchmark
  public float[] step() {
    workspace.setKeepsForBackward(true);
    cell.forward(workspace, sequences, x, parameters);
    Arrays.fill(dh, 0.01f);
    cell.backward(workspace, sequences, x, dh, GradientReach.ALL_ROWS, null, parameters, gradient);
    return gradient;
  }
}
