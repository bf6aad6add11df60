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

/** The chain of labels over one shard, 32 sentences of 25 words; microseconds a run. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class LinearChainCrfBenchmark {

  private static final int SENTENCES = 32;
  private static final int WORDS = 25;

  /** How many labels there are: BIO of four kinds of names, parts of speech, fine ones. */
  @Param({"9", "17", "50"})
  public int labels;

  private LinearChainCrf crf;
  private ChainLattice lattice;
  private PackedSequences sequences;
  private float[] x;
  private float[] dx;
  private float[] targets;
  private float[] weights;
  private float[] parameters;
  private float[] gradient;
  private final int[] best = new int[WORDS];

  /** Draws parameters, scores and labels. */
  @Setup
  public void setUp() {
    int[] lengths = new int[SENTENCES];
    Arrays.fill(lengths, WORDS);
    sequences = PackedSequences.of(lengths);
    ParameterLayout.Builder layout = ParameterLayout.builder();
    crf = new LinearChainCrf(layout, labels);
    lattice = crf.newWorkspace();
    Random random = new Random(1);
    parameters = normals(random, layout.build().size(), 0.5);
    gradient = new float[parameters.length];
    x = normals(random, sequences.rows() * labels, 1);
    dx = new float[x.length];
    targets = new float[sequences.rows()];
    weights = new float[sequences.rows()];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = random.nextInt(labels);
      weights[row] = 1;
    }
  }

  /** The most probable labels of all sentences, as in a prediction. */
  @Benchmark
  public int[] best() {
    crf.read(lattice, parameters);
    for (int s = 0; s < SENTENCES; s++) {
      crf.best(lattice, sequences, s, x, best);
    }
    return best;
  }

  /** Loss and gradient, as in a training step. */
  @Benchmark
  public double step() {
    crf.read(lattice, parameters);
    double sum = crf.weightedSum(lattice, sequences, x, targets, weights);
    crf.backward(lattice, sequences, x, targets, weights, 1f / SENTENCES, dx, gradient);
    return sum;
  }
}
